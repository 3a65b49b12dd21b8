package io.tillstream.local.data.imports;

import java.io.IOException;

/** A data set that cannot be read: one line for people, naming file, line and field. */
public final class ImportException extends IOException {
  private static final long serialVersionUID = 1L;

  public ImportException(String message) {
    super(message);
  }

  public ImportException(String message, Throwable cause) {
    super(message, cause);
  }
}
