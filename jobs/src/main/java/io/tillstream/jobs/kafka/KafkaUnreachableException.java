package io.tillstream.jobs.kafka;

import java.util.Properties;

/** Kafka does not answer, or refuses; the message is one line. */
public final class KafkaUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KafkaUnreachableException(String servers, String what, Throwable cause) {
    super("Kafka at " + servers + ": " + what, cause);
  }

  KafkaUnreachableException(Properties kafka, Throwable cause) {
    super(
        "Kafka at %s: %s"
            .formatted(
                kafka.getProperty("bootstrap.servers"),
                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
        cause);
  }
}
