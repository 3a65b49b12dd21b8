package io.tillstream.operators.wire;

import io.tillstream.routing.codec.Codec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Flink's serializer around a {@link Codec}. Values are immutable, so a copy is the value itself.
 *
 * @param <T> the type
 */
public final class CodecSerializer<T> extends TypeSerializer<T> {
  private static final long serialVersionUID = 1L;

  private final Class<? extends Codec<T>> codecClass;
  private final int readVersion;
  private transient Codec<T> codec;

  /** A serializer that writes and reads the codec's newest version. */
  public CodecSerializer(Class<? extends Codec<T>> codecClass) {
    this(codecClass, instantiate(codecClass).version());
  }

  CodecSerializer(Class<? extends Codec<T>> codecClass, int readVersion) {
    this.codecClass = codecClass;
    this.readVersion = readVersion;
  }

  Class<? extends Codec<T>> codecClass() {
    return codecClass;
  }

  static <C> C instantiate(Class<C> type) {
    try {
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          type.getName() + " needs a public constructor without arguments", e);
    }
  }

  private Codec<T> codec() {
    if (codec == null) {
      codec = instantiate(codecClass);
    }
    return codec;
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return this; // codecs are stateless
  }

  @Override
  public T createInstance() {
    return null;
  }

  @Override
  public T copy(T from) {
    return from;
  }

  @Override
  public T copy(T from, T reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(T value, DataOutputView target) throws IOException {
    codec().write(value, target);
  }

  @Override
  public T deserialize(DataInputView source) throws IOException {
    return codec().read(source, readVersion);
  }

  @Override
  public T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodecSerializer<?> that
        && codecClass.equals(that.codecClass)
        && readVersion == that.readVersion;
  }

  @Override
  public int hashCode() {
    return codecClass.hashCode() * 31 + readVersion;
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new CodecSerializerSnapshot<>(codecClass, codec().version());
  }
}
