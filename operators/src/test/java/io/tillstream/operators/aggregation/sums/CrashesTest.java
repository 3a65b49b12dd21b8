package io.tillstream.operators.aggregation.sums;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.aggregation.AggregationOptions;
import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.OwedClock;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.operators.wire.KeyGroupKeys;
import io.tillstream.routing.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Crashes at random moments, with another parallelism and another path after each, sometimes with a
 * lost process that writes on: in the end a reader sees the truth of the surviving attempts, and
 * nothing else.
 */
class CrashesTest {
  private static final long MINUTE = 60_000;
  private static final long START = 1_799_999_940_000L;
  private static final int STEPS = 300;
  private static final KeyGroupKeys KEYS = new KeyGroupKeys(Attempt.KEY_GROUPS, "clock|");
  private static final AggregationOptions OPTIONS =
      new AggregationOptions(
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          "primary",
          100,
          Duration.ofMillis(100),
          Duration.ofMillis(250),
          15, // so few that rows are driven out all the time
          Duration.ofSeconds(30));

  private record At(RowKey row, long window) {}

  /** A state of affairs that can be gone back to. */
  private record Saved(
      List<OperatorSubtaskState> states, Map<At, Long> truth, int step, long watermark) {}

  private final Topic topic = new Topic();
  private final List<Attempt> zombies = new ArrayList<>();
  private List<Attempt> running = new ArrayList<>();
  private Map<At, Long> truth = new HashMap<>();
  private long now = 1_800_000_000_000L;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theTruthOfTheSurvivorsIsSeen(long seed) throws Exception {
    Random random = new Random(seed);
    Saved saved = new Saved(List.of(), Map.of(), 0, Long.MIN_VALUE);
    start(saved, 1 + random.nextInt(3));
    long watermark = saved.watermark;
    for (int step = 0; step < STEPS; step++) {
      long time = START + step * MINUTE / 20;
      for (int i = random.nextInt(4); i >= 0; i--) {
        send(delta(random, time - random.nextInt((int) MINUTE), watermark));
      }
      if (random.nextInt(3) == 0) {
        pass(random.nextInt(120));
      }
      if (random.nextInt(5) == 0) {
        watermark = Math.max(watermark, time - MINUTE / 2);
        watermark(watermark, random.nextInt(4) == 0 ? START : Long.MAX_VALUE);
      }
      if (random.nextInt(4) == 0) {
        topic.poll();
      }
      for (Attempt zombie : zombies) {
        zombie.send(delta(random, time, watermark)).pass(100);
      }
      if (random.nextInt(15) == 0) {
        saved = checkpoint(step, watermark);
      }
      if (random.nextInt(40) == 0) {
        crash(random.nextInt(3) == 0);
        step = saved.step;
        watermark = saved.watermark;
        start(saved, 1 + random.nextInt(3));
      }
      if (random.nextInt(60) == 0) {
        settle();
      }
    }
    watermark(Long.MAX_VALUE, Long.MAX_VALUE);
    settle();

    assertSeen();
    for (Attempt attempt : running) {
      assertThat(attempt.status().rowsInHeap()).isZero();
      assertThat(attempt.status().windows()).isZero();
      assertThat(attempt.status().recreated()).isZero();
      assertThat(attempt.rowsInState()).isZero();
      attempt.close();
    }
  }

  private void assertSeen() {
    Map<At, Long> seen = new HashMap<>();
    for (MetricRow row : topic.seen().values()) {
      assertThat(row.isFinal()).isTrue();
      if (row.figures().views() != 0) {
        seen.put(new At(row.row(), row.windowStart()), row.figures().views());
      }
    }
    assertThat(seen).isEqualTo(truth);
  }

  private void start(Saved from, int parallelism) throws Exception {
    truth = new HashMap<>(from.truth);
    running = new ArrayList<>();
    SumsPorts ports = SumsPorts.of(1_000).withPublished(() -> topic, Map.of(0, 0L, 1, 0L));
    OperatorSubtaskState[] states = from.states.toArray(new OperatorSubtaskState[0]);
    for (int i = 0; i < parallelism; i++) {
      running.add(new Attempt(topic, OPTIONS, ports, parallelism, i, now, states));
    }
  }

  private void crash(boolean livesOn) throws Exception {
    for (Attempt attempt : running) {
      if (livesOn) {
        zombies.add(attempt);
      } else {
        attempt.close();
      }
    }
  }

  private Saved checkpoint(int step, long watermark) throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (Attempt attempt : running) {
      states.add(attempt.checkpoint(step + 1));
    }
    return new Saved(states, new HashMap<>(truth), step, watermark);
  }

  private void send(Delta delta) throws Exception {
    for (Attempt attempt : running) {
      attempt.send(delta);
    }
    At at = new At(delta.row(), delta.windowStart());
    truth.merge(at, delta.figures().views(), Long::sum);
  }

  private void watermark(long mark, long owedFrom) throws Exception {
    for (Attempt attempt : running) {
      for (int group = 0; group < Attempt.KEY_GROUPS; group += 16) {
        attempt.send(new OwedClock(KEYS.of(group), 0, 1, owedFrom));
      }
      attempt.watermark(mark);
    }
  }

  private void pass(long millis) throws Exception {
    now += millis;
    for (Attempt attempt : running) {
      attempt.pass(millis);
    }
  }

  // Lets lost processes die and everybody look for the last time.
  private void settle() throws Exception {
    for (Attempt zombie : zombies) {
      zombie.close();
    }
    zombies.clear();
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (!running.stream().allMatch(attempt -> attempt.status().settled())) {
      assertThat(Instant.now()).isBefore(deadline);
      pass(1_000);
      Thread.onSpinWait();
    }
    pass(300);
  }

  // An event that is not late: in a window that can still be counted.
  private static Delta delta(Random random, long time, long watermark) {
    long window = time - time % MINUTE;
    while (watermark != Long.MIN_VALUE && window + 2 * MINUTE - 1 <= watermark) {
      window += MINUTE;
    }
    Figures figures = new Figures();
    for (int i = random.nextInt(3); i >= 0; i--) {
      figures.count(EventType.VIEW_ITEM, null, null);
    }
    RowKey row = new RowKey(Dimension.CATEGORY, "c" + random.nextInt(12));
    return Delta.of(row, window, figures, time);
  }
}
