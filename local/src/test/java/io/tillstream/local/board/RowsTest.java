package io.tillstream.local.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.local.layout.Json;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowsTest {
  private final Rows rows = new Rows();

  private void row(String window, String aggregator, int version, int views, String usd)
      throws Exception {
    rows.add(
        Json.MAPPER.readTree(
            ("{'dimension':'shop','key':'all','window_start':'%s','aggregator':'%s','version':%d,"
                    + "'views':%d,'revenue':{'USD':'%s'}}")
                .formatted(window, aggregator, version, views, usd)
                .replace('\'', '"')));
  }

  @Test
  void theHighestVersionWinsAndTheLaterOnATie() throws Exception {
    row("2026-11-24T04:00:00Z", "primary", 2, 20, "2.00");
    row("2026-11-24T04:00:00Z", "primary", 1, 10, "1.00");
    assertThat(rows.shopTotal().count("views")).isEqualTo(20);
    row("2026-11-24T04:00:00Z", "primary", 2, 21, "2.10");
    assertThat(rows.shopTotal().count("views")).isEqualTo(21);
  }

  @Test
  void aggregatorsAreJoinedAndWindowsAreNot() throws Exception {
    row("2026-11-24T04:00:00Z", "primary", 1, 10, "0.10");
    row("2026-11-24T04:01:00Z", "primary", 1, 20, "0.20");
    row("2026-11-24T04:01:00Z", "backup", 1, 3, "0.1");
    Rows.Figures newest = rows.newestShopWindow().orElseThrow();
    assertThat(newest.windowStart()).isEqualTo("2026-11-24T04:01:00Z");
    assertThat(newest.count("views")).isEqualTo(23);
    assertThat(newest.revenue()).isEqualTo(Map.of("USD", new BigDecimal("0.30")));
    assertThat(rows.shopTotal().count("views")).isEqualTo(33);
    rows.keepNewestWindow();
    assertThat(rows.shopTotal().count("views")).isEqualTo(23);
  }
}
