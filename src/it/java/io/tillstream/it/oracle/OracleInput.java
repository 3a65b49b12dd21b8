package io.tillstream.it.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * All that went in and all that came out.
 *
 * @param events {@code shop-events}, each partition in the order of its offsets
 * @param catalog what Redis held the whole time
 * @param metrics {@code shop-metrics}
 * @param deadLetters {@code dead-letters}
 * @param lateEvents {@code late-events}
 * @param status what {@code status --json} printed, or its ledger alone; null leaves that out
 */
public record OracleInput(
    List<RawRecord> events,
    Catalog catalog,
    List<RawRecord> metrics,
    List<RawRecord> deadLetters,
    List<RawRecord> lateEvents,
    JsonNode status,
    OracleOptions options) {}
