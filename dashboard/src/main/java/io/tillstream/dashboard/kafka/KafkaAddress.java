package io.tillstream.dashboard.kafka;

import java.util.Properties;

/**
 * Where the topics are.
 *
 * @param bootstrap as Kafka's {@code bootstrap.servers}
 * @param prefix of the topics' names
 * @param more further settings of Kafka's clients, such as credentials
 */
public record KafkaAddress(String bootstrap, String prefix, Properties more) {
  private static final String REQUEST_MILLIS = "5000";

  /** Settings of a client. */
  Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("request.timeout.ms", REQUEST_MILLIS);
    properties.setProperty("default.api.timeout.ms", REQUEST_MILLIS);
    properties.setProperty("reconnect.backoff.ms", "50");
    properties.setProperty("reconnect.backoff.max.ms", "500");
    properties.setProperty("socket.connection.setup.timeout.ms", "3000");
    properties.setProperty("socket.connection.setup.timeout.max.ms", "5000");
    properties.setProperty("client.id", "tillstream-dashboard");
    properties.setProperty("enable.metrics.push", "false");
    // Found anew when all known brokers are gone.
    properties.setProperty("metadata.recovery.strategy", "rebootstrap");
    properties.putAll(more);
    properties.setProperty("bootstrap.servers", bootstrap);
    return properties;
  }

  String topic(String name) {
    return prefix + name;
  }
}
