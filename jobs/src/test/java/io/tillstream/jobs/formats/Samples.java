package io.tillstream.jobs.formats;

import io.tillstream.operators.aggregation.carts.CartHistory;
import io.tillstream.operators.aggregation.carts.CartHistoryCodec;
import io.tillstream.operators.aggregation.presum.Refused;
import io.tillstream.operators.aggregation.presum.RefusedCodec;
import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.aggregation.rows.MetricRowCodec;
import io.tillstream.operators.aggregation.sums.Ledger;
import io.tillstream.operators.aggregation.sums.LedgerCodec;
import io.tillstream.operators.aggregation.sums.Memory;
import io.tillstream.operators.aggregation.sums.MemoryCodec;
import io.tillstream.operators.aggregation.sums.StoredRow;
import io.tillstream.operators.aggregation.sums.StoredRowCodec;
import io.tillstream.operators.aggregation.trending.LocalTop;
import io.tillstream.operators.aggregation.trending.LocalTopCodec;
import io.tillstream.operators.aggregation.trending.TrendCount;
import io.tillstream.operators.aggregation.trending.TrendDelta;
import io.tillstream.operators.aggregation.trending.TrendDeltaCodec;
import io.tillstream.operators.aggregation.trending.TrendPane;
import io.tillstream.operators.aggregation.trending.TrendPaneCodec;
import io.tillstream.operators.aggregation.trending.TrendingItem;
import io.tillstream.operators.aggregation.trending.TrendingList;
import io.tillstream.operators.aggregation.trending.TrendingListCodec;
import io.tillstream.operators.enrichment.repair.Debt;
import io.tillstream.operators.enrichment.repair.DebtCodec;
import io.tillstream.operators.figures.CartSignal;
import io.tillstream.operators.figures.CartSignalCodec;
import io.tillstream.operators.figures.ContributionCodec;
import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Dimension;
import io.tillstream.operators.figures.EnrichedCodec;
import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.figures.EnrichedEventCodec;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.FiguresCodec;
import io.tillstream.operators.figures.Owed;
import io.tillstream.operators.figures.OwedClock;
import io.tillstream.operators.figures.OwedCodec;
import io.tillstream.operators.figures.RouteNotice;
import io.tillstream.operators.figures.RoutedCodec;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.operators.figures.Stock;
import io.tillstream.operators.figures.Trend;
import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.ingestion.DeadLetterCodec;
import io.tillstream.operators.ingestion.Header;
import io.tillstream.operators.ingestion.Ingested.ClockReading;
import io.tillstream.operators.ingestion.Ingested.EventReading;
import io.tillstream.operators.ingestion.IngestedCodec;
import io.tillstream.operators.ingestion.LateEvent;
import io.tillstream.operators.ingestion.LateEventCodec;
import io.tillstream.operators.ingestion.PartitionId;
import io.tillstream.operators.ingestion.PartitionMemory;
import io.tillstream.operators.ingestion.PartitionMemoryCodec;
import io.tillstream.operators.ingestion.ShardWatermark;
import io.tillstream.operators.ingestion.ShardWatermarkCodec;
import io.tillstream.operators.ingestion.SourceMessage.PartitionAssigned;
import io.tillstream.operators.ingestion.SourceMessage.RawRecord;
import io.tillstream.operators.ingestion.SourceMessageCodec;
import io.tillstream.operators.orchestration.ControlMessage;
import io.tillstream.operators.orchestration.ControlMessageCodec;
import io.tillstream.operators.orchestration.OrchestratorCounts;
import io.tillstream.operators.orchestration.OrchestratorCountsCodec;
import io.tillstream.operators.orchestration.RejectedControl;
import io.tillstream.operators.orchestration.RejectedControlCodec;
import io.tillstream.operators.orchestration.ReportMessage;
import io.tillstream.operators.orchestration.ReportMessageCodec;
import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.event.ErrorClass;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.Id128;
import io.tillstream.routing.event.ShopEvent;
import io.tillstream.routing.event.ShopEventCodec;
import io.tillstream.routing.plan.PlanException;
import io.tillstream.routing.plan.RoutePlan;
import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.DecisionCodec;
import io.tillstream.routing.route.Mode;
import io.tillstream.routing.route.OrchestratorState;
import io.tillstream.routing.route.OrchestratorStateCodec;
import io.tillstream.routing.route.Phase;
import io.tillstream.routing.route.RouteEntry;
import io.tillstream.routing.route.RouteState;
import io.tillstream.routing.route.RouteStateCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Values of every type with a {@link Codec}: one with all there is, others with what may be
 * missing. Their order is their number in {@code codecs.golden}: new ones go behind the old ones of
 * their codec.
 */
final class Samples {
  private static final long TIME = 1_764_000_000_123L;
  private static final byte[] BYTES = {0, 1, -1, 127, -128};

  private static final ShopEvent VIEW =
      new ShopEvent(
          new Id128(0x0123456789abcdefL, -2),
          EventType.VIEW_ITEM,
          TIME,
          TIME - 7,
          null,
          null,
          null,
          List.of(new EventLine("SKU1", 1, 0, EventLine.NO_STOCK)),
          3,
          4_000_000);

  private static final ShopEvent PURCHASE =
      new ShopEvent(
          new Id128(1, 2),
          EventType.PURCHASE,
          TIME,
          TIME + 3_600_000,
          "käufer-код",
          new Id128(Long.MIN_VALUE, Long.MAX_VALUE),
          "USD",
          List.of(
              new EventLine("SKU1", 2, 25_980_000, EventLine.NO_STOCK),
              new EventLine("ключ", 1_000_000, 999_999_999_999_999_999L, EventLine.NO_STOCK)),
          3,
          4_000_000);

  private static final ShopEvent STOCK_UPDATE =
      new ShopEvent(
          new Id128(3, 4),
          EventType.INVENTORY_UPDATE,
          1,
          TIME,
          null,
          null,
          null,
          List.of(new EventLine("SKU1", 1, 0, 1_000_000_000), new EventLine("SKU2", 1, 0, 0)),
          3,
          4_000_000);

  private static final List<TrendCount> COUNTS =
      List.of(new TrendCount("SKU1", 3, 0), new TrendCount("ключ", 0, 1L << 40));

  private static final Trend TREND =
      new Trend(new long[] {100, 99, 1L << 31}, new int[] {1, 0, 7}, new long[] {0, 5, 1L << 40});

  private static final List<Sample<?>> ALL = all();

  private Samples() {}

  /**
   * A value and who writes it.
   *
   * @param codec the codec's class
   * @param number from 1 among the samples of the codec
   */
  record Sample<T>(Class<? extends Codec<T>> codec, int number, T value) {
    /** The line's name in the golden file. */
    String name() {
      return codec.getName() + " " + number;
    }

    @Override
    public String toString() {
      return codec.getSimpleName() + " " + number;
    }
  }

  static List<Sample<?>> list() {
    return ALL;
  }

  private static List<Sample<?>> all() {
    List<Sample<?>> all = new ArrayList<>();
    routing(all);
    ingestion(all);
    orchestration(all);
    figures(all);
    aggregation(all);
    trending(all);
    AlertSamples.add(all);
    return List.copyOf(all);
  }

  private static void routing(List<Sample<?>> all) {
    add(all, ShopEventCodec.class, List.of(VIEW, PURCHASE, STOCK_UPDATE));
    RouteState fallback = new RouteState("enrichment", Mode.FALLBACK, false, 1L << 33);
    RouteState initial = RouteState.initial("aggregation");
    add(
        all,
        RouteStateCodec.class,
        List.of(
            fallback,
            initial,
            new RouteState("r", Mode.PRIMARY, true, 3),
            new RouteState("r", Mode.OBSERVE, false, 4)));
    add(
        all,
        DecisionCodec.class,
        List.of(
            new Decision(
                true,
                new RouteState("enrichment", Mode.FALLBACK, false, 1_001),
                "weil",
                "Zoë",
                TIME,
                "c-1"),
            new Decision(
                false, new RouteState("aggregation", Mode.AUTO, true, 1), "", "", 0, null)));
    add(
        all,
        OrchestratorStateCodec.class,
        List.of(
            new OrchestratorState(
                plan(),
                "version: 1",
                300,
                Map.of(
                    "enrichment",
                    new RouteEntry(
                        fallback, TIME, "Zoë", Phase.PROBING, 300, -1, 2, 5, 1L << 33, null),
                    "aggregation",
                    new RouteEntry(
                        initial, 0, "", Phase.PRIMARY, 0, RouteEntry.NEVER, 0, 0, 0, false)),
                1_001,
                List.of("c-1", "команда"),
                3,
                1L << 40),
            new OrchestratorState(plan(), plan().text(), 1, Map.of(), 0, List.of(), 0, 0)));
  }

  // Not the standard one: that may change, and a format's bytes must not.
  private static RoutePlan plan() {
    String rest =
        "leave_when: [state is failed], stale_after: PT4S, dwell: PT2S, healthy_for: PT1S,"
            + " healthy_for_max: PT2S, calm_after: PT1M, probe_share: 0.1, probe_for: PT1S, retry:"
            + " {max_retries: 1, backoff: constant, initial: PT1S, max: PT2S, jitter: 0}}";
    try {
      return RoutePlan.parse(
          "version: 1\nroutes:\n  enrichment: {primary: enrichment, fallback: bypass, "
              + rest
              + "\n  aggregation: {primary: aggregation, fallback: backup-aggregation, "
              + rest);
    } catch (PlanException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void ingestion(List<Sample<?>> all) {
    List<Header> headers = List.of(new Header("h", BYTES), new Header("", null));
    add(
        all,
        SourceMessageCodec.class,
        List.of(
            new RawRecord("shop-events", 300, 1L << 40, TIME, BYTES, BYTES, headers),
            new RawRecord("t", 0, 0, -1, null, null, List.of()),
            new RawRecord("t", 0, 0, 0, new byte[0], new byte[0], List.of()),
            new PartitionAssigned("t", 7, -2, PartitionAssigned.UNBOUNDED)));
    add(
        all,
        IngestedCodec.class,
        List.of(
            new EventReading(127, VIEW, null),
            new EventReading(0, PURCHASE, BYTES),
            new ClockReading(127, 300, 301, TIME)));
    add(
        all,
        DeadLetterCodec.class,
        List.of(
            new DeadLetter(
                "t", 300, 1L << 40, "parse", ErrorClass.NOT_JSON, "ü", BYTES, BYTES, headers),
            new DeadLetter(
                "control", 0, 0, "control", ErrorClass.MISSING_FIELD, "", null, null, List.of())));
    add(all, LateEventCodec.class, List.of(new LateEvent("ünï-код", BYTES)));
    add(
        all,
        PartitionMemoryCodec.class,
        List.of(
            new PartitionMemory(new PartitionId("t", 200), TIME, 1L << 40),
            new PartitionMemory(new PartitionId("t", 0), Long.MIN_VALUE, 0)));
    add(
        all,
        ShardWatermarkCodec.class,
        List.of(new ShardWatermark(0, 127, TIME), new ShardWatermark(5, 5, Long.MIN_VALUE)));
  }

  private static void orchestration(List<Sample<?>> all) {
    ControlMessage whole = new ControlMessage(BYTES, "control", 0, 1L << 40, BYTES);
    ControlMessage empty = new ControlMessage(null, "control", 7, 0, null);
    add(all, ControlMessageCodec.class, List.of(whole, empty));
    add(all, ReportMessageCodec.class, List.of(new ReportMessage(BYTES), ReportMessage.of(null)));
    add(
        all,
        RejectedControlCodec.class,
        List.of(
            new RejectedControl(whole, ErrorClass.WRONG_TYPE, "mode must be a string"),
            new RejectedControl(empty, ErrorClass.NOT_JSON, "")));
    add(
        all,
        OrchestratorCountsCodec.class,
        List.of(new OrchestratorCounts(1L << 40, 300, 2, 1_001)));
  }

  private static void figures(List<Sample<?>> all) {
    add(
        all,
        CartSignalCodec.class,
        List.of(
            new CartSignal(new Id128(1, -1), EventType.ADD_TO_CART, TIME, TIME + 5),
            new CartSignal(new Id128(0, 0), EventType.PURCHASE, 1, 0)));
    add(
        all,
        EnrichedEventCodec.class,
        List.of(
            new EnrichedEvent(PURCHASE, Arrays.asList("schuhe", null), "gold"),
            new EnrichedEvent(PURCHASE, List.of("unknown", "unknown"), "unknown"),
            new EnrichedEvent(STOCK_UPDATE, Arrays.asList(null, null), null),
            new EnrichedEvent(VIEW, List.of("категория"), null)));
    RouteNotice notice = new RouteNotice(new RouteState("aggregation", Mode.AUTO, false, 1_001));
    add(all, RoutedCodec.class, List.of(VIEW, PURCHASE, notice));
    add(
        all,
        EnrichedCodec.class,
        List.of(new EnrichedEvent(PURCHASE, Arrays.asList("schuhe", null), "gold"), notice));
    add(all, FiguresCodec.class, List.of(allFigures(), new Figures()));
    add(
        all,
        ContributionCodec.class,
        List.of(
            new Delta(
                new RowKey(Dimension.PRODUCT, "SKU|1"),
                TIME,
                allFigures(),
                "schuhe",
                true,
                new Stock(1_000_000_000, TIME),
                300,
                TIME,
                TREND),
            Delta.of(RowKey.SHOP, 0, new Figures(), Long.MAX_VALUE),
            Delta.of(new RowKey(Dimension.CATEGORY, "c"), -60_000, allFigures(), 1),
            Delta.of(new RowKey(Dimension.SEGMENT, "сегмент"), 60_000, allFigures(), 1),
            new OwedClock("owed-clock-7", 3, 300, TIME)));
    add(
        all,
        OwedCodec.class,
        List.of(
            new Owed("SKU1", new Owed.Key(true, TIME, true, "ann", "schuhe", null), allFigures()),
            new Owed("SKU1", new Owed.Key(false, 0, false, null, null, null), new Figures())));
    add(
        all,
        OwedCodec.KeyCodec.class,
        List.of(
            new Owed.Key(true, TIME, true, "ann", null, "gold"),
            new Owed.Key(false, 0, false, null, null, null)));
    add(
        all,
        RefusedCodec.class,
        List.of(
            new Refused(
                new EnrichedEvent(PURCHASE, Arrays.asList("schuhe", null), "gold"),
                4,
                "für nichts"),
            new Refused(new EnrichedEvent(VIEW, List.of("hats"), null), 1, null)));
    add(
        all,
        DebtCodec.class,
        List.of(new Debt(allFigures(), TIME), new Debt(new Figures(), Long.MIN_VALUE)));
  }

  private static void aggregation(List<Sample<?>> all) {
    add(
        all,
        MetricRowCodec.class,
        List.of(
            new MetricRow(
                new RowKey(Dimension.PRODUCT, "SKU1"),
                TIME,
                TIME + 60_000,
                allFigures(),
                "schuhe",
                new Stock(0, TIME),
                "primary",
                TIME * 1_000,
                -5,
                true,
                TIME,
                TIME + 9),
            new MetricRow(
                RowKey.SHOP,
                0,
                1,
                new Figures(),
                null,
                null,
                "backup",
                1,
                0,
                false,
                MetricRow.NO_NEW_RECORD,
                TIME)));
    add(
        all,
        StoredRowCodec.class,
        List.of(
            new StoredRow(allFigures(), "é", true, new Stock(0, 5), true),
            new StoredRow(new Figures(), null, false, null, false)));
    add(
        all,
        MemoryCodec.class,
        List.of(
            new Memory(64, 127, TIME * 1_000, -7, TIME, Map.of(0, 0L, 300, 1L << 40)),
            new Memory(0, 0, Long.MAX_VALUE, 0, Long.MIN_VALUE, Map.of())));
    add(all, LedgerCodec.class, List.of(new Ledger(1L << 40, -2), Ledger.ZERO));
    add(
        all,
        CartHistoryCodec.class,
        List.of(
            new CartHistory(
                TIME, TIME + 5, Long.MAX_VALUE, new long[] {TIME << 3 | 2, (TIME + 900) << 3 | 5}),
            new CartHistory(Long.MIN_VALUE, Long.MIN_VALUE, 0, new long[0])));
  }

  private static void trending(List<Sample<?>> all) {
    add(
        all,
        TrendDeltaCodec.class,
        List.of(
            new TrendDelta("SKU1", TREND),
            new TrendDelta("", new Trend(new long[0], new int[0], new long[0]))));
    add(all, TrendPaneCodec.class, List.of(new TrendPane(COUNTS), new TrendPane(List.of())));
    add(all, LocalTopCodec.class, List.of(new LocalTop(TIME / 1_000, 3, 300, COUNTS)));
    add(
        all,
        TrendingListCodec.class,
        List.of(
            new TrendingList(
                TIME / 1_000,
                List.of(
                    new TrendingItem("SKU1", "A \"shoe\"", "schuhe", 12, 1L << 40, 1, 3),
                    new TrendingItem("ключ", null, null, 1, 0, 2, null))),
            new TrendingList(-1, List.of())));
  }

  private static Figures allFigures() {
    Figures figures = new Figures();
    for (EventType type : EventType.values()) {
      figures.count(type, new EventLine("a", 3, 999_999_999_999_999_999L, -1), "JPY");
      figures.count(type, new EventLine("a", 300, 1, -1), "KWD");
    }
    for (int i = 0; i < 10; i++) {
      // Beyond 64 bits.
      figures.count(EventType.PURCHASE, new EventLine("a", 1, 999_999_999_999_999_999L, -1), "USD");
    }
    figures.addDegraded(-3);
    figures.addOrder();
    figures.addCarts(5, 1L << 40, -7);
    return figures;
  }

  static <T> void add(
      List<Sample<?>> all, Class<? extends Codec<T>> codec, List<? extends T> values) {
    int number = 1;
    for (T value : values) {
      all.add(new Sample<T>(codec, number++, value));
    }
  }
}
