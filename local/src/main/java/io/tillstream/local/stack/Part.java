package io.tillstream.local.stack;

import java.util.Locale;

/** What {@code kill} and {@code start} can name. */
public enum Part {
  TASKMANAGER,
  JOBMANAGER,
  REDIS,
  KAFKA,
  S3,
  DASHBOARD;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
