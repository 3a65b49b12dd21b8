package io.tillstream.local.data.traffic;

import java.util.Arrays;
import java.util.Objects;

/**
 * A record that must end in {@code dead-letters}. It never holds a line feed, so that it can stand
 * in a file of lines.
 *
 * @param name says what is wrong, unique in the list
 * @param errorClass the {@code error_class} it must get
 * @param bytes the record
 */
@SuppressWarnings("ArrayRecordComponent") // Equality is written out below.
public record DirtyRecord(String name, String errorClass, byte[] bytes) {
  public static final String NOT_JSON = "NOT_JSON";
  public static final String MISSING_FIELD = "MISSING_FIELD";
  public static final String WRONG_TYPE = "WRONG_TYPE";
  public static final String OUT_OF_RANGE = "OUT_OF_RANGE";

  @Override
  public boolean equals(Object other) {
    return other instanceof DirtyRecord that
        && name.equals(that.name)
        && errorClass.equals(that.errorClass)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, errorClass, Arrays.hashCode(bytes));
  }

  @Override
  public String toString() {
    return name + " (" + errorClass + ")";
  }
}
