package io.tillstream.jobs.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.tillstream.operators.aggregation.sums.Ledger;
import io.tillstream.operators.aggregation.sums.LedgerCodec;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.codec.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** How a format grows: state of an older version is read by it and written anew. */
class VersionsTest {

  /** A codec in its second version: a word with its length before it, where the first had none. */
  public static final class Word implements Codec<String> {

    @Override
    public int version() {
      return 2;
    }

    @Override
    public void write(String value, DataOutput out) throws IOException {
      out.writeUTF(value);
    }

    @Override
    public String read(DataInput in, int version) throws IOException {
      return version == 1 ? String.valueOf((char) in.readByte()) : in.readUTF();
    }
  }

  private static byte[] snapshot() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(
        out, new CodecSerializer<>(Word.class).snapshotConfiguration());
    return out.getCopyOfBuffer();
  }

  /** The snapshot as {@code version} of the codec would have written it. */
  private static TypeSerializerSnapshot<String> snapshotOf(int version) throws IOException {
    byte[] bytes = snapshot();
    bytes[bytes.length - 1] = (byte) version; // it ends with the version
    return read(bytes);
  }

  private static TypeSerializerSnapshot<String> read(byte[] bytes) throws IOException {
    return TypeSerializerSnapshot.readVersionedSnapshot(
        new DataInputDeserializer(bytes), VersionsTest.class.getClassLoader());
  }

  private static TypeSerializerSchemaCompatibility<String> against(
      TypeSerializerSnapshot<String> old) {
    return new CodecSerializer<>(Word.class)
        .snapshotConfiguration()
        .resolveSchemaCompatibility(old);
  }

  @Test
  void stateOfAnOlderVersionIsReadByItAndMigrated() throws IOException {
    TypeSerializerSnapshot<String> first = snapshotOf(1);
    assertThat(against(first).isCompatibleAfterMigration()).isTrue();
    TypeSerializer<String> old = first.restoreSerializer();
    assertThat(old.deserialize(new DataInputDeserializer(new byte[] {'x'}))).isEqualTo("x");
    assertThat(against(snapshotOf(2)).isCompatibleAsIs()).isTrue();
  }

  @Test
  void stateOfANewerVersionIsRefused() throws IOException {
    assertThat(against(snapshotOf(3)).isIncompatible()).isTrue();
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"}) // a state that changed its type is just that
  void stateOfAnotherCodecIsRefused() {
    TypeSerializerSnapshot<Ledger> other =
        new CodecSerializer<>(LedgerCodec.class).snapshotConfiguration();
    assertThat(against((TypeSerializerSnapshot) other).isIncompatible()).isTrue();
  }

  @Test
  void aCodecThatIsGoneIsNamed() throws IOException {
    byte[] name = Word.class.getName().getBytes(StandardCharsets.UTF_8);
    byte[] bytes = snapshot();
    int at = indexOf(bytes, name);
    bytes[at + name.length - 1] = 't';
    assertThatIOException()
        .isThrownBy(() -> read(bytes))
        .withMessageContaining("VersionsTest$Wort, which is gone");
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i <= bytes.length - part.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not found");
  }
}
