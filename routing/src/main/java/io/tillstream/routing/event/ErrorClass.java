package io.tillstream.routing.event;

/** Why a record was refused: stable words for machines; the sentence beside them is for people. */
public enum ErrorClass {
  /** Not one JSON object in UTF-8: empty, cut off, text behind it, a key twice, too deep. */
  NOT_JSON,
  /** A field that must be there is absent or null. */
  MISSING_FIELD,
  /** Well-formed JSON, but of another type than asked for. */
  WRONG_TYPE,
  /**
   * The right type, but a value outside what is allowed: a bound, a length, a pattern, a list of
   * words.
   */
  OUT_OF_RANGE,
  /** A good record that no aggregation could take, the backup's last attempt included. */
  PROCESSING_FAILED,
  /** A webhook whose receiver took it in none of its attempts. */
  WEBHOOK_EXHAUSTED,
  /** A webhook to a receiver that wants no more (410). */
  WEBHOOK_DISABLED,
  /** A webhook that must not or cannot be sent, or that its receiver refused for good. */
  WEBHOOK_REFUSED,
  /** A webhook too many for its receiver's queue. */
  WEBHOOK_QUEUE_FULL
}
