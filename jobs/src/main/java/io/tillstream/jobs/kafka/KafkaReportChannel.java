package io.tillstream.jobs.kafka;

import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentReportJson;
import io.tillstream.routing.agent.ReportChannel;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Reports to the topic {@code agent-status}, by a producer beside Flink's streams: a stuck task
 * still reports.
 */
public final class KafkaReportChannel implements ReportChannel {
  private static final System.Logger LOG = System.getLogger(KafkaReportChannel.class.getName());

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;

  private KafkaReportChannel(Properties kafka, String topic) {
    this.topic = topic;
    Properties own = new Properties();
    own.putAll(kafka);
    own.put(ProducerConfig.ACKS_CONFIG, "1");
    own.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "false");
    // A report is worth a second: after that the next one says more.
    own.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "1000");
    own.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "1000");
    own.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "2000");
    own.put(ProducerConfig.LINGER_MS_CONFIG, "0");
    own.put(ProducerConfig.BUFFER_MEMORY_CONFIG, "1048576");
    own.remove("group.id");
    this.producer = new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A factory that travels with the job. */
  public static ReportChannel.Factory factory(Properties kafka, String topic) {
    return () -> new KafkaReportChannel(kafka, topic);
  }

  @Override
  public void send(AgentReport report) {
    byte[] key = (report.agent() + '/' + report.subtask()).getBytes(StandardCharsets.UTF_8);
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(topic, key, AgentReportJson.write(report)),
              (metadata, failure) -> {
                if (failure != null) {
                  LOG.log(System.Logger.Level.DEBUG, "report not sent: {0}", failure.toString());
                }
              });
    } catch (KafkaException | IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "report not sent: {0}", e.toString());
    }
  }

  @Override
  public void close() {
    producer.close(java.time.Duration.ofSeconds(1));
  }
}
