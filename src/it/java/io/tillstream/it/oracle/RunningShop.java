package io.tillstream.it.oracle;

import com.fasterxml.jackson.databind.JsonNode;

/** Collects the oracle's input from a running stack's topics. */
public final class RunningShop {
  private RunningShop() {}

  /**
   * Reads all topics as they stand now; the input should have drained.
   *
   * @param prefix what stands before the topics' names; usually empty
   * @param status what {@code status --json} printed, or null
   */
  public static OracleInput collect(
      String bootstrapServers,
      String prefix,
      Catalog catalog,
      JsonNode status,
      OracleOptions options) {
    try (TopicReader reader = new TopicReader(bootstrapServers)) {
      return new OracleInput(
          reader.read(prefix + "shop-events"),
          catalog,
          reader.read(prefix + "shop-metrics"),
          reader.read(prefix + "dead-letters"),
          reader.read(prefix + "late-events"),
          status,
          options);
    }
  }
}
