package io.tillstream.jobs.kafka;

import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What tests ask of a broker. */
public final class TestClients {

  private TestClients() {}

  public static boolean serves(Properties kafka) throws Exception {
    try (Admin admin = Admin.create(kafka)) {
      return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
    }
  }

  public static void send(Properties kafka, String topic, byte[] value) {
    try (var producer =
        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
      var unused = producer.send(new ProducerRecord<>(topic, value));
    }
  }

  /** How many records lie in a topic nothing was deleted from. */
  public static long stored(Properties kafka, String topic) {
    try (Admin admin = Admin.create(kafka)) {
      return Topics.endOffsets(admin, topic, kafka).values().stream().mapToLong(end -> end).sum();
    }
  }

  /** A setting of a topic. */
  public static String setting(Properties kafka, String topic, String name) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = Admin.create(kafka)) {
      return admin
          .describeConfigs(java.util.List.of(resource))
          .all()
          .get(10, TimeUnit.SECONDS)
          .get(resource)
          .get(name)
          .value();
    }
  }
}
