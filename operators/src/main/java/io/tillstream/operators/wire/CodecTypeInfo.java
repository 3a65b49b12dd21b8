package io.tillstream.operators.wire;

import io.tillstream.routing.codec.Codec;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Flink's type information for a type with a {@link Codec}.
 *
 * @param <T> the type
 */
public final class CodecTypeInfo<T> extends TypeInformation<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final Class<? extends Codec<T>> codec;

  private CodecTypeInfo(Class<T> type, Class<? extends Codec<T>> codec) {
    this.type = type;
    this.codec = codec;
  }

  /** The information for {@code type}, written by {@code codec}. */
  public static <T> CodecTypeInfo<T> of(Class<T> type, Class<? extends Codec<T>> codec) {
    return new CodecTypeInfo<>(type, codec);
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return new CodecSerializer<>(codec);
  }

  @Override
  public String toString() {
    return "Codec<" + type.getSimpleName() + ">";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodecTypeInfo<?> that
        && type.equals(that.type)
        && codec.equals(that.codec);
  }

  @Override
  public int hashCode() {
    return type.hashCode() * 31 + codec.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof CodecTypeInfo<?>;
  }
}
