package io.tillstream.operators.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.routing.event.Id128;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DedupShardTest {
  private static final long MINUTE = 60_000;
  private static final long WINDOW = 5 * MINUTE;
  private static final LateRule RULE = new LateRule(MINUTE, MINUTE);
  private static final long T0 = 1_700_000_000_000L;

  private final DedupShard shard = new DedupShard(WINDOW, RULE);

  /** Remembers all for ever. */
  private static final class Model {
    private final Map<Id128, List<Long>> seen = new HashMap<>();

    boolean seen(Id128 id, long time) {
      List<Long> times = seen.computeIfAbsent(id, unused -> new ArrayList<>());
      boolean duplicate = times.stream().anyMatch(t -> Math.abs(t - time) <= WINDOW);
      times.add(time);
      return duplicate;
    }
  }

  private record Chunk(int minute, byte[] bytes) {}

  private static List<Chunk> drain(DedupShard shard) throws Exception {
    List<Chunk> chunks = new ArrayList<>();
    shard.drainLog((minute, bytes) -> chunks.add(new Chunk(minute, bytes)));
    return chunks;
  }

  private static Id128 id(long i) {
    return Id128.of("id-" + i);
  }

  @Test
  void theWindowIncludesBothEnds() {
    assertThat(shard.seen(id(1), T0)).isFalse();
    assertThat(shard.seen(id(1), T0)).isTrue();
    assertThat(shard.seen(id(2), T0)).isFalse();
    assertThat(shard.seen(id(1), T0 - WINDOW)).isTrue();
    assertThat(shard.seen(id(3), T0)).isFalse();
    assertThat(shard.seen(id(3), T0 + WINDOW)).isTrue();
    assertThat(shard.seen(id(4), T0)).isFalse();
    assertThat(shard.seen(id(4), T0 + WINDOW + 1)).isFalse();
    assertThat(shard.seen(id(5), T0)).isFalse();
    assertThat(shard.seen(id(5), T0 - WINDOW - 1)).isFalse();
  }

  @Test
  void aDuplicateIsASightingToo() {
    assertThat(shard.seen(id(1), T0)).isFalse();
    assertThat(shard.seen(id(1), T0 + 4 * MINUTE)).isTrue();
    assertThat(shard.seen(id(1), T0 + 8 * MINUTE)).isTrue();
    assertThat(shard.seen(id(1), T0 + 14 * MINUTE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void itJudgesLikeAModelThatForgetsNothing(long seed) {
    Random random = new Random(seed);
    Model model = new Model();
    int ids = 1 + random.nextInt(200);
    long spread = 1 + random.nextInt(60) * MINUTE;
    for (int i = 0; i < 20_000; i++) {
      Id128 id = id(random.nextInt(ids));
      // Now and then a time exactly at a window's edge.
      long time =
          random.nextInt(4) == 0
              ? T0 + random.nextInt(12) * WINDOW + random.nextInt(3) - 1
              : T0 + random.nextLong(spread);
      assertThat(shard.seen(id, time)).as("step %d", i).isEqualTo(model.seen(id, time));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void noEventThatStillCountsIsMisjudgedWhileItForgetsAndIsRestored(long seed) throws Exception {
    Random random = new Random(seed);
    Model model = new Model();
    DedupShard current = new DedupShard(WINDOW, RULE);
    List<Chunk> state = new ArrayList<>();
    long now = T0;
    long watermark = Long.MIN_VALUE;
    int counted = 0;
    for (int i = 0; i < 60_000; i++) {
      now += random.nextInt(120);
      Id128 id = id(random.nextInt(3_000));
      long time = now - random.nextLong(random.nextInt(8) == 0 ? 12 * MINUTE : 5_000);
      boolean actual = current.seen(id, time);
      boolean expected = model.seen(id, time);
      if (!RULE.isLate(time, watermark)) {
        counted++;
        assertThat(actual).as("step %d", i).isEqualTo(expected);
      }
      if (i % 100 == 0) {
        watermark = Math.max(watermark, now - 5_000);
        current.advance(watermark);
      }
      if (i % 3_000 == 0) {
        state.addAll(drain(current));
        int first = current.firstMinute();
        state.removeIf(chunk -> chunk.minute() < first);
        current = new DedupShard(WINDOW, RULE);
        current.advance(watermark);
        for (Chunk chunk : state) {
          current.restore(chunk.minute(), chunk.bytes());
        }
      }
    }
    assertThat(counted).isGreaterThan(40_000);
    assertThat(current.size()).isLessThan(25_000);
  }

  @Test
  void memoryFollowsTheWatermark() throws Exception {
    long most = 0;
    for (int i = 0; i < 400_000; i++) {
      long time = T0 + i * 10L;
      assertThat(shard.seen(id(i), time)).isFalse();
      if (i % 1_000 == 0) {
        shard.advance(time - 5_000);
        most = Math.max(most, shard.size());
      }
    }
    // 8 minutes and 5 s at 100 a second are alive; a third more may wait to be swept.
    assertThat(most).isLessThan(75_000);
    assertThat(shard.bytes()).isLessThan(75_000L * 50 * 2);
    shard.advance(T0 + 400_000 * 10L + 30 * MINUTE);
    assertThat(shard.size()).isZero();
    assertThat(shard.bytes()).isLessThan(10_000);
    assertThat(drain(shard)).isEmpty();
  }

  @Test
  void oneIdSentForEverTakesFewSlots() {
    Model model = new Model();
    for (int i = 0; i < 5_000; i++) {
      long time = T0 + i * 700L;
      assertThat(shard.seen(id(1), time)).isEqualTo(model.seen(id(1), time));
    }
    assertThat(shard.size()).isLessThan(20);
    assertThat(shard.seen(id(1), T0 - WINDOW)).isTrue();
    assertThat(shard.seen(id(1), T0 - 2 * WINDOW - 1)).isFalse();
  }

  @Test
  void aSightingTakes19BytesOfState() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      shard.seen(id(i), T0 + i % 1_000);
    }
    int bytes = drain(shard).stream().mapToInt(chunk -> chunk.bytes().length).sum();
    assertThat(bytes).isBetween(16 * 10_000, 20 * 10_000);
    assertThat(drain(shard)).isEmpty();
  }

  @Test
  void anyTimeIsTakenThatALongCanHold() throws Exception {
    assertThat(shard.seen(id(1), Long.MAX_VALUE)).isFalse();
    assertThat(shard.seen(id(1), Long.MAX_VALUE - WINDOW)).isTrue();
    assertThat(shard.seen(id(1), 1)).isFalse();
    assertThat(shard.seen(id(1), 1)).isTrue();
    DedupShard restored = new DedupShard(WINDOW, RULE);
    for (Chunk chunk : drain(shard)) {
      restored.restore(chunk.minute(), chunk.bytes());
    }
    assertThat(restored.seen(id(1), Long.MAX_VALUE)).isTrue();
    assertThat(restored.seen(id(1), WINDOW + 1)).isTrue();
    assertThat(restored.seen(id(2), 1)).isFalse();
  }

  @Test
  void aLateSightingIsKeptForItsRepeats() {
    shard.advance(T0);
    long longAgo = T0 - 100 * MINUTE;
    assertThat(shard.seen(id(1), longAgo)).isFalse();
    shard.advance(T0 + 6 * MINUTE);
    assertThat(shard.seen(id(1), longAgo)).isTrue();
  }

  @Test
  void theWatermarkNeverGoesBack() {
    shard.advance(T0);
    shard.advance(T0 - 1);
    assertThat(shard.watermark()).isEqualTo(T0);
  }
}
