package io.tillstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.it.RouteTrial.Fault;
import io.tillstream.it.RouteTrial.Measured;
import io.tillstream.local.stack.Part;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis dies, hangs and is slow while visitors come, and dies while nobody comes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedisOutagesIT {
  @RegisterExtension
  @Order(1)
  static final RedisProxy REDIS = RedisProxy.of(RedisOutagesIT.class);

  @RegisterExtension
  @Order(2)
  static final Shop SHOP =
      Shop.with(usual -> usual.window(RouteTrial.WINDOW).jobOption("redis.uri", REDIS.uri()));

  private final RouteTrial trial = new RouteTrial(SHOP, "enrichment");

  @BeforeAll
  static void loadCatalog() throws Exception {
    SHOP.loadCatalog(RouteTrial.traffic(0));
    RouteFiles.forgetReturnsSoon(SHOP);
  }

  @Test
  @Order(1)
  void killed() throws Exception {
    Measured measured =
        trial.run(
            new Fault(
                "Redis SIGKILL, 12 s",
                Duration.ofSeconds(12),
                () -> SHOP.stack().kill(Part.REDIS),
                () -> SHOP.stack().start(Part.REDIS)));

    assertThat(measured.away()).isLessThanOrEqualTo(2);
    assertThat(measured.back()).isLessThanOrEqualTo(10);
  }

  @Test
  @Order(2)
  void hanging() throws Exception {
    Measured measured =
        trial.run(
            new Fault(
                "Redis SIGSTOP, 12 s",
                Duration.ofSeconds(12),
                () -> SHOP.stack().pause(Part.REDIS),
                () -> SHOP.stack().resume(Part.REDIS)));

    assertThat(measured.away()).isLessThanOrEqualTo(2);
    assertThat(measured.back()).isLessThanOrEqualTo(10);
  }

  @Test
  @Order(3)
  void slow() throws Exception {
    Measured measured =
        trial.run(
            new Fault(
                "Redis answers after 200 ms, 20 s",
                Duration.ofSeconds(20),
                () -> REDIS.delayAnswers(Duration.ofMillis(200)),
                () -> REDIS.delayAnswers(Duration.ZERO)));

    assertThat(measured.away()).isLessThanOrEqualTo(5);
    assertThat(measured.back()).isLessThanOrEqualTo(10);
  }

  @Test
  @Order(4)
  void killedWhileNobodyComes() {
    trial.awaitPrimary();
    SHOP.awaitDrained(Duration.ofMinutes(1));
    Measured measured =
        trial.measure(
            new Fault(
                "",
                Duration.ofSeconds(6),
                () -> SHOP.stack().kill(Part.REDIS),
                () -> SHOP.stack().start(Part.REDIS)));

    trial.settle("Redis SIGKILL, no traffic", measured);
    assertThat(measured.away()).isLessThanOrEqualTo(3);
    assertThat(measured.back()).isLessThanOrEqualTo(10);
  }
}
