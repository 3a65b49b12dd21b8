package io.tillstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.local.webhook.Post;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private final Arrivals arrivals = new Arrivals("BENCH-");

  private void post(long at, String id, int times, String complaint, String body) {
    arrivals.accept(
        new Post(
            Instant.ofEpochMilli(at),
            id,
            times,
            complaint,
            204,
            body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theFirstOfEachKeyCounts() {
    post(1000, "a.1", 1, null, "{\"key\":\"BENCH-1\",\"status\":\"raised\"}");
    post(2000, "a.2", 1, null, "{\"key\":\"BENCH-1\",\"status\":\"resolved\"}");
    post(3000, "b.1", 1, null, "{\"key\":\"SKU-1\",\"status\":\"raised\"}");
    post(4000, "c.1", 1, "no signature", "{\"key\":\"SKU-1\",\"status\":\"raised\"}");
    post(5000, "d.1", 1, null, "nonsense");
    assertThat(arrivals.first()).containsExactly(java.util.Map.entry("BENCH-1", 1000L));
    assertThat(arrivals.repeated()).isZero();
    assertThat(arrivals.unsigned()).isZero();
  }

  @Test
  void repeatsAndBadSignaturesAreTold() {
    post(1000, "a.1", 1, null, "{\"key\":\"BENCH-1\",\"status\":\"raised\"}");
    post(2000, "a.1", 2, null, "{\"key\":\"BENCH-1\",\"status\":\"raised\"}");
    post(3000, "b.1", 1, "no signature", "{\"key\":\"BENCH-2\",\"status\":\"raised\"}");
    assertThat(arrivals.repeated()).isEqualTo(1);
    assertThat(arrivals.unsigned()).isEqualTo(1);
    assertThat(arrivals.count()).isEqualTo(2);
  }
}
