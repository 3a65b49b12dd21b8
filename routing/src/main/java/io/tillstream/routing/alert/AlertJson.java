package io.tillstream.routing.alert;

import io.tillstream.routing.json.JsonRecordException;

/** The JSON of an {@link Alert}, as it stands in {@code shop-alerts} and in a webhook's body. */
public final class AlertJson {

  private AlertJson() {}

  /** One object in UTF-8. */
  public static byte[] write(Alert alert) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads what {@link #write} wrote; {@code webhook} is null.
   *
   * @throws JsonRecordException naming the field, if it is no alert
   */
  public static Alert read(byte[] value) throws JsonRecordException {
    throw new UnsupportedOperationException();
  }
}
