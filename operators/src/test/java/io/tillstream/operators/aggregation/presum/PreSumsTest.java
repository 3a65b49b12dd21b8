package io.tillstream.operators.aggregation.presum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.Owed;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.operators.figures.Stock;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.Id128;
import io.tillstream.routing.event.ShopEvent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreSumsTest {
  private static final long MINUTE = 60_000;
  private static final long T0 = 1_800_000_000_000L - 1_800_000_000_000L % MINUTE;

  private final PreSums sums = new PreSums(MINUTE, false);
  private final Flushed flushed = new Flushed();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everySumEqualsTheOneMadeLineByLine(long seed) {
    Traffic traffic = new Traffic(seed);
    Random flushes = new Random(seed);
    Naive naive = new Naive();
    for (int i = 0; i < 5_000; i++) {
      EnrichedEvent event = traffic.next(T0, (int) (3 * MINUTE));
      sums.add(event);
      naive.add(event);
      if (flushes.nextInt(200) == 0) {
        sums.flush(flushed);
      }
    }
    sums.flush(flushed);

    assertThat(flushed.rows).isEqualTo(naive.rows);
    assertThat(flushed.owed).isEqualTo(naive.owed);
    assertThat(flushed.stock).isEqualTo(naive.stock);
    assertThat(flushed.oldest).isEqualTo(naive.oldest);
    assertThat(flushed.trend).isEqualTo(naive.trend);
    assertThat(flushed.events).isEqualTo(5_000);
    assertThat(sums.entries()).isZero();
  }

  @Test
  void tenLinesJustUnderTheBoundDoNotOverflow() {
    long almost = 999_999_999_999_999_999L;
    EventLine[] lines = new EventLine[10];
    Arrays.fill(lines, new EventLine("gold", 1, almost, EventLine.NO_STOCK));
    sums.add(event(EventType.PURCHASE, T0, null, lines));
    sums.flush(flushed);

    BigInteger tenfold = BigInteger.valueOf(almost).multiply(BigInteger.TEN);
    for (RowKey row :
        List.of(
            new RowKey(Dimension.PRODUCT, "gold"),
            new RowKey(Dimension.CATEGORY, "c"),
            new RowKey(Dimension.SEGMENT, RowKey.UNKNOWN),
            RowKey.SHOP)) {
      assertThat(flushed.rows.get(new At(row, T0)).revenue().micros())
          .isEqualTo(Map.of("USD", tenfold));
    }
  }

  @Test
  void stockMakesAProductRowAndNothingElse() {
    sums.add(event(EventType.INVENTORY_UPDATE, T0, null, new EventLine("a", 1, 0, 7)));
    sums.flush(flushed);

    assertThat(flushed.deltas).hasSize(1);
    Delta delta = flushed.deltas.get(0);
    assertThat(delta.row()).isEqualTo(new RowKey(Dimension.PRODUCT, "a"));
    assertThat(delta.figures().isZero()).isTrue();
    assertThat(delta.category()).isNull();
    assertThat(delta.categoryAnswered()).isFalse();
    assertThat(delta.stock()).isEqualTo(new Stock(7, T0));
    assertThat(delta.events()).isEqualTo(1);
    assertThat(flushed.owed).isEmpty();
  }

  @Test
  void anAnonymousSaleOnTheBypassLacksOnlyItsCategory() {
    ShopEvent sale =
        new ShopEvent(
            new Id128(0, 1),
            EventType.REFUND,
            T0,
            T0,
            null,
            null,
            "USD",
            List.of(new EventLine("a", 1, 5, EventLine.NO_STOCK)),
            3,
            4_000_000);
    sums.add(new EnrichedEvent(sale, Arrays.asList((String) null), null));
    sums.flush(flushed);

    Owed.Key key = new Owed.Key(false, T0, true, null, null, RowKey.UNKNOWN);
    assertThat(flushed.owed.keySet()).containsExactly(new OwedAt("a", key));
    assertThat(
            flushed.rows.get(new At(new RowKey(Dimension.SEGMENT, RowKey.UNKNOWN), T0)).degraded())
        .isEqualTo(1);
  }

  @Test
  void whatIsOwedSaysWhoCountedIt() {
    for (boolean backup : new boolean[] {false, true}) {
      PreSums own = new PreSums(MINUTE, backup);
      Flushed out = new Flushed();
      own.add(event(EventType.VIEW_ITEM, T0, null, line("a")));
      own.add(event(EventType.REFUND, T0, null, line("b")));
      own.flush(out);
      assertThat(out.owed.keySet())
          .hasSize(2)
          .allSatisfy(owed -> assertThat(owed.key().backup()).isEqualTo(backup));
    }
  }

  @Test
  void theNewestCategoryComesLast() {
    sums.add(event(EventType.VIEW_ITEM, T0, "old", line("a")));
    sums.add(event(EventType.VIEW_ITEM, T0, "new", line("a")));
    sums.add(event(EventType.VIEW_ITEM, T0, null, line("a")));
    sums.add(event(EventType.VIEW_ITEM, T0, "new", line("a")));
    sums.flush(flushed);

    assertThat(flushed.deltas)
        .filteredOn(delta -> delta.row().dimension() == Dimension.PRODUCT)
        .extracting(Delta::category)
        .containsExactly("old", RowKey.UNKNOWN, "new");
  }

  /** Whatever is wrong with an event, and wherever in it. */
  @Test
  void anEventThatIsRefusedLeavesNothingBehind() {
    Traffic traffic = new Traffic(3);
    Naive naive = new Naive();
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      EnrichedEvent whole = traffic.next(T0, (int) (3 * MINUTE));
      sums.add(whole);
      naive.add(whole);
      for (EnrichedEvent broken : broken(whole)) {
        int entries = sums.entries();
        assertThatThrownBy(() -> sums.add(broken)).isInstanceOf(RuntimeException.class);
        assertThat(sums.entries()).isEqualTo(entries);
        refused++;
      }
    }
    sums.flush(flushed);
    assertThat(refused).isGreaterThan(3_000);
    assertThat(flushed.rows).isEqualTo(naive.rows);
    assertThat(flushed.owed).isEqualTo(naive.owed);
    assertThat(flushed.stock).isEqualTo(naive.stock);
    assertThat(flushed.oldest).isEqualTo(naive.oldest);
    assertThat(flushed.trend).isEqualTo(naive.trend);
    assertThat(flushed.events).isEqualTo(3_000);
  }

  private static List<EnrichedEvent> broken(EnrichedEvent whole) {
    List<EnrichedEvent> broken = new ArrayList<>();
    ShopEvent event = whole.event();
    int last = event.lines().size() - 1;
    broken.add(new EnrichedEvent(null, whole.categories(), whole.segment()));
    broken.add(new EnrichedEvent(event, null, whole.segment()));
    broken.add(new EnrichedEvent(event, whole.categories().subList(0, last), whole.segment()));
    broken.add(changed(whole, null, event.currency(), event.lines()));
    broken.add(changed(whole, event.type(), event.currency(), null));
    if (event.type().isSale()) {
      broken.add(changed(whole, event.type(), null, event.lines()));
    }
    EventLine nameless = new EventLine(null, 1, 0, EventLine.NO_STOCK);
    for (EventLine line : Arrays.asList(null, nameless)) {
      List<EventLine> lines = new ArrayList<>(event.lines());
      lines.set(last, line);
      broken.add(changed(whole, event.type(), event.currency(), lines));
    }
    return broken;
  }

  private static EnrichedEvent changed(
      EnrichedEvent whole, EventType type, String currency, List<EventLine> lines) {
    ShopEvent event = whole.event();
    return new EnrichedEvent(
        new ShopEvent(
            event.id(),
            type,
            event.eventTime(),
            event.recordTime(),
            event.userId(),
            event.session(),
            currency,
            lines,
            event.partition(),
            event.offset()),
        whole.categories(),
        whole.segment());
  }

  @Test
  void entriesGrowWithWhatIsHeldOnly() {
    for (int i = 0; i < 1_000; i++) {
      sums.add(event(EventType.VIEW_ITEM, T0, "c", line("hot")));
    }
    assertThat(sums.entries()).isEqualTo(2); // the product, its one second
  }

  private static EventLine line(String item) {
    return new EventLine(item, 1, 0, EventLine.NO_STOCK);
  }

  private static EnrichedEvent event(EventType type, long at, String category, EventLine... lines) {
    List<String> categories = new ArrayList<>();
    for (EventLine ignored : lines) {
      categories.add(type == EventType.PURCHASE ? "c" : category);
    }
    return new EnrichedEvent(
        new ShopEvent(
            new Id128(0, 1),
            type,
            at,
            at,
            null,
            null,
            type.isSale() ? "USD" : null,
            List.of(lines),
            3,
            4_000_000),
        categories,
        null);
  }

  private record At(RowKey row, long window) {}

  private record OwedAt(String item, Owed.Key key) {}

  private record Second(String item, long second) {}

  /** What arrives at the sums, added up. */
  private static final class Flushed implements PreSums.Receiver {
    final List<Delta> deltas = new ArrayList<>();
    final Map<At, Figures> rows = new HashMap<>();
    final Map<OwedAt, Figures> owed = new HashMap<>();
    final Map<At, Stock> stock = new HashMap<>();
    final Map<At, Long> oldest = new HashMap<>();
    final Map<Second, List<Long>> trend = new HashMap<>();
    long events;

    @Override
    public void delta(Delta delta) {
      deltas.add(delta);
      At at = new At(delta.row(), delta.windowStart());
      rows.computeIfAbsent(at, k -> new Figures()).add(delta.figures(), 1);
      stock.merge(at, delta.stock() == null ? new Stock(0, -1) : delta.stock(), Stock::newer);
      oldest.merge(at, delta.oldestRecordTime(), Math::min);
      events += delta.events();
      if (delta.trend() != null) {
        for (int i = 0; i < delta.trend().seconds().length; i++) {
          trend.merge(
              new Second(delta.row().key(), delta.trend().seconds()[i]),
              List.of((long) delta.trend().views()[i], delta.trend().units()[i]),
              PreSumsTest::plus);
        }
      }
    }

    @Override
    public void owed(Owed sum) {
      owed.computeIfAbsent(new OwedAt(sum.itemId(), sum.key()), k -> new Figures())
          .add(sum.figures(), 1);
    }
  }

  private static List<Long> plus(List<Long> a, List<Long> b) {
    return List.of(a.get(0) + b.get(0), a.get(1) + b.get(1));
  }

  /** The contract, line by line. */
  private static final class Naive {
    final Map<At, Figures> rows = new HashMap<>();
    final Map<OwedAt, Figures> owed = new HashMap<>();
    final Map<At, Stock> stock = new HashMap<>();
    final Map<At, Long> oldest = new HashMap<>();
    final Map<Second, List<Long>> trend = new HashMap<>();

    void add(EnrichedEvent enriched) {
      ShopEvent event = enriched.event();
      long window = Math.floorDiv(event.eventTime(), MINUTE) * MINUTE;
      if (event.type() == EventType.PURCHASE) {
        row(RowKey.SHOP, window, event).addOrder();
      }
      for (int i = 0; i < event.lines().size(); i++) {
        EventLine line = event.lines().get(i);
        RowKey product = new RowKey(Dimension.PRODUCT, line.itemId());
        Figures productRow = row(product, window, event);
        if (event.type() == EventType.INVENTORY_UPDATE) {
          stock.merge(
              new At(product, window),
              new Stock(line.available(), event.eventTime()),
              Stock::newer);
          continue;
        }
        String category = enriched.categories().get(i);
        List<Figures> counted = new ArrayList<>();
        counted.add(productRow);
        counted.add(row(new RowKey(Dimension.CATEGORY, orUnknown(category)), window, event));
        counted.add(row(RowKey.SHOP, window, event));
        boolean sale = event.type().isSale();
        String segment = enriched.segment();
        if (sale) {
          segment = segment == null && event.userId() == null ? RowKey.UNKNOWN : segment;
          counted.add(row(new RowKey(Dimension.SEGMENT, orUnknown(segment)), window, event));
        }
        boolean degraded = category == null || (sale && segment == null);
        if (degraded) {
          Owed.Key key = new Owed.Key(false, window, sale, event.userId(), category, segment);
          counted.add(owed.computeIfAbsent(new OwedAt(line.itemId(), key), k -> new Figures()));
        }
        for (Figures figures : counted) {
          figures.count(event.type(), line, event.currency());
          figures.addDegraded(degraded ? 1 : 0);
        }
        Second second = new Second(line.itemId(), event.eventTime() / 1_000);
        if (event.type() == EventType.VIEW_ITEM) {
          trend.merge(second, List.of(1L, 0L), PreSumsTest::plus);
        } else if (event.type() == EventType.PURCHASE) {
          trend.merge(second, List.of(0L, (long) line.quantity()), PreSumsTest::plus);
        }
      }
    }

    private Figures row(RowKey row, long window, ShopEvent event) {
      At at = new At(row, window);
      oldest.merge(at, event.recordTime(), Math::min);
      stock.putIfAbsent(at, new Stock(0, -1));
      return rows.computeIfAbsent(at, k -> new Figures());
    }

    private static String orUnknown(String text) {
      return text == null ? RowKey.UNKNOWN : text;
    }
  }
}
