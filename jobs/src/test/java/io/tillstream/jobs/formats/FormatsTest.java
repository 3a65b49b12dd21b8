package io.tillstream.jobs.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.tillstream.jobs.formats.Samples.Sample;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.codec.Codec;
import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The serialization contract: whatever crosses the wire or stands in state is written by a codec,
 * reads as it was written, survives its serializer's snapshot, and has the very bytes that its
 * version had from the first day.
 */
class FormatsTest {

  static List<Sample<?>> samples() {
    return Samples.list();
  }

  @Test
  void everyCodecThereIsHasASample() {
    List<String> codecs =
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests()).importPackages("io.tillstream").stream()
                .filter(type -> type.isAssignableTo(Codec.class))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getName)
                .toList();
    assertThat(codecs).hasSizeGreaterThan(20);
    assertThat(samples()).extracting(sample -> sample.codec().getName()).containsAll(codecs);
  }

  @ParameterizedTest
  @MethodSource("samples")
  <T> void aValueReadsAsItWasWritten(Sample<T> sample) throws IOException {
    CodecSerializer<T> serializer = new CodecSerializer<>(sample.codec());
    byte[] bytes = write(serializer, sample.value());
    assertEqual(read(serializer, bytes), sample.value());
    // As a chain and a network stack copy it.
    DataOutputSerializer copy = new DataOutputSerializer(16);
    serializer.copy(new DataInputDeserializer(bytes), copy);
    assertThat(copy.getCopyOfBuffer()).isEqualTo(bytes);
    assertThat(serializer.copy(sample.value())).isSameAs(sample.value());
  }

  @ParameterizedTest
  @MethodSource("samples")
  <T> void aSavepointsSnapshotBringsTheSerializerBack(Sample<T> sample) throws IOException {
    CodecSerializer<T> serializer = new CodecSerializer<>(sample.codec());
    byte[] bytes = write(serializer, sample.value());

    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    TypeSerializerSnapshot<T> snapshot =
        TypeSerializerSnapshot.readVersionedSnapshot(in, getClass().getClassLoader());
    assertThat(in.available()).isZero();

    assertThat(
            serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(snapshot)
                .isCompatibleAsIs())
        .isTrue();
    TypeSerializer<T> restored = snapshot.restoreSerializer();
    assertThat(restored).isEqualTo(serializer);
    assertEqual(read(restored, bytes), sample.value());
  }

  @ParameterizedTest
  @MethodSource("samples")
  <T> void itsBytesAreThoseOfItsVersion(Sample<T> sample) throws IOException {
    CodecSerializer<T> serializer = new CodecSerializer<>(sample.codec());
    byte[] bytes = write(serializer, sample.value());
    int version = instance(sample.codec()).version();
    byte[] golden = Golden.read().of(sample.name(), version);
    if (golden == null) {
      Golden.missing(sample.name(), version, bytes);
      return;
    }
    assertThat(bytes)
        .as("%s in version %d; a changed format needs a new version", sample, version)
        .asHexString()
        .isEqualTo(HexFormat.of().withUpperCase().formatHex(golden));
  }

  @Test
  void whateverWasWrittenOnceIsStillRead() throws IOException {
    Map<String, Sample<?>> byName = new HashMap<>();
    samples().forEach(sample -> byName.put(sample.name(), sample));
    for (Map.Entry<String, byte[]> line : Golden.read().lines().entrySet()) {
      int gap = line.getKey().lastIndexOf(" v");
      Sample<?> sample = byName.get(line.getKey().substring(0, gap));
      assertThat(sample).as("the sample of %s", line.getKey()).isNotNull();
      int version = Integer.parseInt(line.getKey().substring(gap + 2));
      DataInputDeserializer in = new DataInputDeserializer(line.getValue());
      assertEqual(instance(sample.codec()).read(in, version), sample.value());
      assertThat(in.available()).as("bytes left of %s", line.getKey()).isZero();
    }
  }

  private static <C> C instance(Class<C> codec) {
    try {
      return codec.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(codec + " needs a public constructor without arguments", e);
    }
  }

  private static <T> byte[] write(TypeSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    serializer.serialize(value, out);
    return out.getCopyOfBuffer();
  }

  private static <T> T read(TypeSerializer<T> serializer, byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    T value = serializer.deserialize(in);
    assertThat(in.available()).as("bytes left").isZero();
    return value;
  }

  private static void assertEqual(Object actual, Object expected) {
    // Recursive, because records compare arrays by identity.
    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
  }
}
