package io.tillstream.operators.wire;

import io.tillstream.routing.codec.Codec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a savepoint remembers of a {@link CodecSerializer}: the codec's class and the version that
 * wrote the state. State of an older version is read by that version and written anew (Flink
 * migrates it).
 *
 * @param <T> the type
 */
public final class CodecSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
  private static final int FORMAT = 1;

  private Class<? extends Codec<T>> codecClass;
  private int version;

  /** For Flink, which reads it from a savepoint. */
  public CodecSerializerSnapshot() {}

  CodecSerializerSnapshot(Class<? extends Codec<T>> codecClass, int version) {
    this.codecClass = codecClass;
    this.version = version;
  }

  @Override
  public int getCurrentVersion() {
    return FORMAT;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(codecClass.getName());
    out.writeInt(version);
  }

  @Override
  @SuppressWarnings("unchecked")
  public void readSnapshot(int format, DataInputView in, ClassLoader loader) throws IOException {
    String name = in.readUTF();
    version = in.readInt();
    try {
      codecClass =
          (Class<? extends Codec<T>>) Class.forName(name, true, loader).asSubclass(Codec.class);
    } catch (ClassNotFoundException e) {
      throw new IOException("the state was written by the codec " + name + ", which is gone", e);
    }
  }

  @Override
  public TypeSerializer<T> restoreSerializer() {
    return new CodecSerializer<>(codecClass, version);
  }

  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    if (!(old instanceof CodecSerializerSnapshot<T> that) || !codecClass.equals(that.codecClass)) {
      return TypeSerializerSchemaCompatibility.incompatible();
    }
    if (that.version == version) {
      return TypeSerializerSchemaCompatibility.compatibleAsIs();
    }
    return that.version < version
        ? TypeSerializerSchemaCompatibility.compatibleAfterMigration()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
