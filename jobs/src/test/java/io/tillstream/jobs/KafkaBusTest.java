package io.tillstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.jobs.kafka.KafkaReportChannel;
import io.tillstream.jobs.kafka.Sources;
import io.tillstream.jobs.kafka.TestClients;
import io.tillstream.jobs.kafka.Topics;
import io.tillstream.jobs.options.JobOptions;
import io.tillstream.operators.orchestration.ReportMessage;
import io.tillstream.routing.agent.ReportChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.connector.source.Source;
import org.junit.jupiter.api.Test;

/** The bus as a topic in Kafka. */
class KafkaBusTest extends BusContract {
  private TestKafka kafka;
  private String prefix;
  private String topic;

  @Override
  TestServer server(Path of) throws IOException {
    kafka = new TestKafka(of);
    return kafka;
  }

  @Override
  void prepare(String before) throws Exception {
    prefix = before;
    topic = prefix + Topics.STATUS;
    Topics.ensure(kafka.client(), prefix);
    // The broker says yes a little before it knows the topic itself.
    TestServer.await("the topic", Duration.ofSeconds(20), this::isThere);
  }

  private boolean isThere() throws Exception {
    try {
      return !TestClients.setting(kafka.client(), topic, "cleanup.policy").isEmpty();
    } catch (ExecutionException e) {
      return false;
    }
  }

  @Override
  ReportChannel.Factory sender() {
    return KafkaReportChannel.factory(kafka.client(), topic);
  }

  @Override
  Source<ReportMessage, ?, ?> receiver() {
    String brokers = kafka.client().getProperty("bootstrap.servers");
    return new Sources(
            JobOptions.of("--kafka.bootstrap.servers", brokers, "--topics.prefix", prefix))
        .reports();
  }

  @Override
  long stored() {
    return TestClients.stored(kafka.client(), topic);
  }

  @Override
  void garbage() {
    TestClients.send(kafka.client(), topic, "{".getBytes(StandardCharsets.UTF_8));
    TestClients.send(kafka.client(), topic, null);
  }

  @Test
  void theTopicHasABound() throws Exception {
    assertThat(TestClients.setting(kafka.client(), topic, "cleanup.policy")).isEqualTo("delete");
    for (String bound : new String[] {"retention.bytes", "retention.ms"}) {
      assertThat(Long.parseLong(TestClients.setting(kafka.client(), topic, bound)))
          .as(bound)
          .isPositive();
    }
  }
}
