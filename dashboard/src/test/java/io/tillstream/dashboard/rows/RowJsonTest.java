package io.tillstream.dashboard.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowJsonTest {
  private static final String SHOP =
      ("{'dimension':'shop','key':'all','window_start':'2026-11-24T04:00:00Z',"
              + "'window_end':'2026-11-24T04:01:00Z','views':12,'add_to_carts':3,"
              + "'removes_from_cart':1,'checkouts':2,'purchases':1,'units':2,'degraded':4,"
              + "'orders':1,'carts_opened':5,'carts_bought':1,'carts_abandoned':2,"
              + "'revenue':{'JPY':'5','USD':'25.98'},'refunds':{'JPY':'0','USD':'0.00'},"
              + "'conversion_rate':0.0833,'abandonment_rate':0.6667,'aggregator':'primary',"
              + "'version':17,'final':false,'oldest_new_record_at':'2026-11-24T04:00:01Z',"
              + "'emitted_at':'2026-11-24T04:00:02Z'}")
          .replace('\'', '"');

  private static Optional<Row> read(String json) {
    return RowReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static String write(Row row) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      RowJson.write(row, out);
    }
    return text.toString();
  }

  @Test
  void whatIsReadIsWrittenAsTheContractHasIt() throws IOException {
    String written = write(read(SHOP).orElseThrow());
    assertThat(written).contains("\"revenue\":{\"JPY\":\"5\",\"USD\":\"25.98\"}");
    assertThat(written).contains("\"conversion_rate\":0.0833").contains("\"orders\":1");
    assertThat(written).contains("\"abandonment_rate\":0.6667");
    assertThat(written).contains("\"oldest_new_record_at\":\"2026-11-24T04:00:01Z\"");
    assertThat(read(written)).isEqualTo(read(SHOP));
  }

  @Test
  void joiningAddsAndComputesAnew() throws IOException {
    Row primary = read(SHOP).orElseThrow();
    Row backup =
        read(SHOP.replace("25.98", "0.025").replace("primary", "backup").replace(":12,", ":3,"))
            .orElseThrow();
    String joined = write(primary.join(backup));
    assertThat(joined).contains("\"views\":15").contains("\"purchases\":2");
    assertThat(joined).contains("\"conversion_rate\":0.1333");
    assertThat(joined).contains("\"revenue\":{\"JPY\":\"10\",\"USD\":\"26.005\"}");
    assertThat(joined).contains("\"aggregator\":\"primary+backup\"");
  }

  @Test
  void sumsHaveTheDigitsOfTheirCurrency() {
    assertThat(Some.money("USD", "1.005", "XYZ", "1").plus(Some.money("USD", "0.995", "XYZ", "2")))
        .isEqualTo(Some.money("USD", "2.00", "XYZ", "3.00"));
    assertThat(Some.money("KWD", "1.500").plus(Some.money("KWD", "1.500")))
        .isEqualTo(Some.money("KWD", "3.000"));
    assertThat(Some.money("JPY", "5").plus(Some.money("JPY", "5")))
        .isEqualTo(Some.money("JPY", "10"));
  }

  @Test
  void ratesAreHalfUpAndNullWithoutAWhole() {
    assertThat(rate(1, 12)).isEqualByComparingTo("0.0833");
    assertThat(rate(1, 20_000)).isEqualByComparingTo("0.0001");
    assertThat(rate(1, 0)).isNull();
  }

  private static BigDecimal rate(long part, long whole) {
    return RowJson.rate(BigInteger.valueOf(part), BigInteger.valueOf(whole));
  }

  @Test
  void packingLosesNothingButTheTimeOfTheNewestRecord() {
    Row row =
        Some.row(
            Row.SHOP, "all", 3, "primary", Long.MAX_VALUE, 77, Some.money("USD", "-1.25"), null);
    assertThat(repacked(row)).isEqualTo(row);
    Row stocked = Some.row("a", 3, "backup", 4, 0, new Stock(1_000_000_000, Some.START - 5));
    assertThat(repacked(stocked)).isEqualTo(stocked);
    assertThat(PackedRow.stock(PackedRow.pack(stocked), stocked.windowStart()))
        .isEqualTo(stocked.stock());
    assertThat(PackedRow.pack(stocked)).hasSizeLessThan(60);
  }

  private static Row repacked(Row row) {
    byte[] packed = PackedRow.pack(row);
    assertThat(PackedRow.version(packed)).isEqualTo(row.version());
    return PackedRow.unpack(
        packed, row.dimension(), row.key(), row.windowStart(), row.category(), row.aggregator());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{'dimension':'shop'}",
        "no json",
        "{'dimension':'shop','key':'all','window_start':'x','window_end':'y'}",
        "{'dimension':'shop','key':'all','window_start':5,'window_end':4}",
        "{'dimension':'shop','key':'all','window_start':1,'window_end':4",
        "{'dimension':'shop','key':'all','window_start':1,'window_end':4}}",
        "{'dimension':'shop','key':'all','window_start':1,'window_end':4,'views':'many'}",
        "{'dimension':'shop','key':'all','window_start':1,'window_end':4,'views':1e99}",
        "{'dimension':'shop','key':'all','window_start':1,'window_end':4,"
            + "'revenue':{'USD':'1e999999999'}}",
        "{'dimension':'shop','key':'all','window_start':1,'window_end':4,'revenue':{'USD':[]}}",
        "{'dimension':{},'key':'all','window_start':1,'window_end':4}",
        "{'dimension':'shop','key':'all','window_start':'+1000000000-12-31T23:59:59Z',"
            + "'window_end':4}",
      })
  void aStrangersMessageIsNoRow(String json) {
    assertThat(read(json)).isEmpty();
  }

  @Test
  void whatIsUnknownIsIgnored() {
    assertThat(
            read(
                "{'x':{'y':[1,{}]},'dimension':'shop','key':'all','window_start':1,"
                    + "'window_end':4,'category':null,'available':null,'revenue':null,'views':null}"))
        .isPresent();
  }
}
