package io.tillstream.operators.aggregation.sums;

import io.tillstream.routing.agent.HealthIndicator;
import java.util.Map;

/**
 * How the sums are doing, for other threads to read.
 *
 * @param ledger what was counted
 * @param rowsInHeap rows in the heap
 * @param unpublished rows that changed since they were published
 * @param windows windows with rows
 * @param openWindows windows that are not closed
 * @param watermark in epoch milliseconds; {@link Long#MIN_VALUE} before the first
 * @param published rows published since the start
 * @param superseded rows published since the start because a lost attempt had published them
 * @param recreated rows made anew since the start although their window was forgotten: must be 0
 * @param settled whether nothing can turn up any more that a lost attempt wrote
 */
public record SumsStatus(
    Ledger ledger,
    int rowsInHeap,
    int unpublished,
    int windows,
    int openWindows,
    long watermark,
    long published,
    long superseded,
    long recreated,
    boolean settled)
    implements HealthIndicator {
  static final SumsStatus NOTHING =
      new SumsStatus(Ledger.ZERO, 0, 0, 0, 0, Long.MIN_VALUE, 0, 0, 0, true);

  Map<String, Long> counts() {
    return Map.of("aggregated", ledger.aggregated(), "degraded_open", ledger.degradedOpen());
  }

  @Override
  public void read(Readings out) {
    out.put("rows_in_heap", rowsInHeap);
    out.put("dirty_rows", unpublished);
    out.put("windows", windows);
    out.put("windows_open", openWindows);
    if (watermark != Long.MIN_VALUE) {
      out.put("watermark", watermark);
    }
    out.put("published_rows", published);
    out.put("superseded_rows", superseded);
    out.put("recreated_rows", recreated);
    out.put("settled", settled ? 1 : 0);
  }
}
