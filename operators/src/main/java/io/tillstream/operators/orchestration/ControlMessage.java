package io.tillstream.operators.orchestration;

import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.routing.event.ErrorClass;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A record of the control topic as it came.
 *
 * @param value its bytes, not to be changed; null if it has none
 * @param topic where it stood
 * @param partition where it stood
 * @param offset where it stood
 * @param key its key, not to be changed; null if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record ControlMessage(byte[] value, String topic, int partition, long offset, byte[] key) {
  private static final String STAGE = "control";

  /**
   * The record as a dead letter.
   *
   * @param errorClass the stable reason
   * @param error one line naming the field and the bound
   */
  public DeadLetter refused(ErrorClass errorClass, String error) {
    return new DeadLetter(
        topic, partition, offset, STAGE, errorClass, error, key, value, List.of());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ControlMessage that
        && Arrays.equals(value, that.value)
        && topic.equals(that.topic)
        && partition == that.partition
        && offset == that.offset
        && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return Objects.hash(topic, partition, offset, Arrays.hashCode(value), Arrays.hashCode(key));
  }

  @Override
  public String toString() {
    return "ControlMessage[" + topic + "-" + partition + "@" + offset + "]";
  }
}
