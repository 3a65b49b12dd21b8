package io.tillstream.operators.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AdminEndOffsetsTest {

  @Test
  @Timeout(20)
  void aBrokerThatDoesNotAnswerNeverBlocksTheTask() throws Exception {
    // Listens and says nothing.
    try (ServerSocket silent = new ServerSocket(0)) {
      Properties properties = new Properties();
      properties.setProperty("bootstrap.servers", "127.0.0.1:" + silent.getLocalPort());
      properties.setProperty("auto.offset.reset", "earliest");
      long before = System.nanoTime();
      try (EndOffsets ends = AdminEndOffsets.factory(properties).open(() -> 0)) {
        ends.watch(Set.of(new PartitionId("t", 0)));
        assertThat(ends.latest()).isEmpty();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }
  }
}
