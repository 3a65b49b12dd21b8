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
import org.apache.flink.api.connector.source.Source;
import org.junit.jupiter.api.Test;

/** The bus as a topic in Kafka. */
class KafkaBusTest extends BusContract {
  private TestKafka kafka;

  @Override
  TestServer server(Path of) throws IOException {
    kafka = new TestKafka(of);
    return kafka;
  }

  @Override
  void prepare() {
    Topics.ensure(kafka.client(), "");
  }

  @Override
  ReportChannel.Factory sender() {
    return KafkaReportChannel.factory(kafka.client(), Topics.STATUS);
  }

  @Override
  Source<ReportMessage, ?, ?> receiver() {
    String brokers = kafka.client().getProperty("bootstrap.servers");
    return new Sources(JobOptions.of("--kafka.bootstrap.servers", brokers)).reports();
  }

  @Override
  long stored() {
    return TestClients.stored(kafka.client(), Topics.STATUS);
  }

  @Override
  void garbage() {
    TestClients.send(kafka.client(), Topics.STATUS, "{".getBytes(StandardCharsets.UTF_8));
    TestClients.send(kafka.client(), Topics.STATUS, null);
  }

  @Test
  void theTopicHasABound() throws Exception {
    assertThat(TestClients.setting(kafka.client(), Topics.STATUS, "cleanup.policy"))
        .isEqualTo("delete");
    for (String bound : new String[] {"retention.bytes", "retention.ms"}) {
      assertThat(Long.parseLong(TestClients.setting(kafka.client(), Topics.STATUS, bound)))
          .as(bound)
          .isPositive();
    }
  }
}
