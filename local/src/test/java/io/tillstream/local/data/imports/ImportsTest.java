package io.tillstream.local.data.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportsTest {
  private static final String RETAIL = String.join(",", OnlineRetailImport.COLUMNS) + "\n";
  private static final String REES46 = String.join(",", Rees46Import.COLUMNS) + "\n";

  @TempDir private Path folder;

  @Test
  void linesOfAnInvoiceAreOneEvent() throws IOException {
    ImportSummary summary =
        read(
            DataSet.ONLINE_RETAIL,
            RETAIL
                + "1,A,\"LAMP, RED\",2,2011-01-01 10:00:00,1.25,17.0,United Kingdom\n"
                + "1,B, Big 7\"\" bowl ,1,2011-01-01 10:00:00,0.001,17.0,United Kingdom\n"
                + "1,B,,1,2011-01-01 10:01:00,3,17.0,United Kingdom\n"
                + "2,A,,3,2011-01-01 10:01:00,2,,France\n"
                + "1,A,,1,2011-01-01 10:01:00,2,17.0,United Kingdom\n"
                + "C3,A,,-4,2011-01-01 10:02:00,0.5,18.0,France\n"
                + "4,D,damaged,-5,2011-01-01 10:03:00,1,,France\n"
                + "A5,E,,1,2011-01-01 10:03:00,-11062.06,,France\n");
    assertThat(events())
        .containsExactly(
            "{\"event_id\":\"1/1\",\"event_type\":\"purchase\","
                + "\"event_time\":\"2011-01-01T10:00:00.000Z\",\"user_id\":\"17\","
                + "\"transaction_id\":\"1\",\"currency\":\"GBP\",\"items\":["
                + "{\"item_id\":\"A\",\"price\":1.25,\"quantity\":2},"
                + "{\"item_id\":\"B\",\"price\":0.001,\"quantity\":1}]}",
            "{\"event_id\":\"1/2\",\"event_type\":\"purchase\","
                + "\"event_time\":\"2011-01-01T10:01:00.000Z\",\"user_id\":\"17\","
                + "\"transaction_id\":\"1\",\"currency\":\"GBP\",\"items\":["
                + "{\"item_id\":\"B\",\"price\":3,\"quantity\":1}]}",
            "{\"event_id\":\"2/1\",\"event_type\":\"purchase\","
                + "\"event_time\":\"2011-01-01T10:01:00.000Z\","
                + "\"transaction_id\":\"2\",\"currency\":\"GBP\",\"items\":["
                + "{\"item_id\":\"A\",\"price\":2,\"quantity\":3}]}",
            "{\"event_id\":\"1/3\",\"event_type\":\"purchase\","
                + "\"event_time\":\"2011-01-01T10:01:00.000Z\",\"user_id\":\"17\","
                + "\"transaction_id\":\"1\",\"currency\":\"GBP\",\"items\":["
                + "{\"item_id\":\"A\",\"price\":2,\"quantity\":1}]}",
            "{\"event_id\":\"C3/1\",\"event_type\":\"refund\","
                + "\"event_time\":\"2011-01-01T10:02:00.000Z\",\"user_id\":\"18\","
                + "\"transaction_id\":\"C3\",\"currency\":\"GBP\",\"items\":["
                + "{\"item_id\":\"A\",\"price\":0.5,\"quantity\":4}]}");
    assertThat(catalog())
        .containsExactly(
            "{\"item_id\":\"A\",\"title\":\"LAMP, RED\",\"category\":\"lamp,\","
                + "\"brand\":\"United Kingdom\"}",
            "{\"item_id\":\"B\",\"title\":\"Big 7\\\"\\\" bowl\",\"category\":\"big\","
                + "\"brand\":\"United Kingdom\"}",
            "{\"item_id\":\"D\",\"title\":\"damaged\",\"category\":\"damaged\","
                + "\"brand\":\"France\"}",
            "{\"item_id\":\"E\",\"brand\":\"France\"}",
            "{\"user_id\":\"17\",\"segment\":\"uk\",\"country\":\"United Kingdom\"}",
            "{\"user_id\":\"18\",\"segment\":\"abroad\",\"country\":\"France\"}");
    assertThat(summary.purchases()).isEqualByComparingTo("13.501");
    assertThat(summary.refunds()).isEqualByComparingTo("2");
    assertThat(summary.leftOut()).isEqualTo(2);
  }

  @Test
  void aLongInvoiceIsSeveralEvents() throws IOException {
    String line = "9,A,x,1,2011-01-01 10:00:00,1,,France\n";
    ImportSummary summary = read(DataSet.ONLINE_RETAIL, RETAIL + line.repeat(401));
    assertThat(summary.events()).isEqualTo(3);
    assertThat(events().get(1)).startsWith("{\"event_id\":\"9/2\"");
    assertThat(events().get(0).split("\"item_id\"", -1)).hasSize(201);
    assertThat(events().get(2).split("\"item_id\"", -1)).hasSize(2);
  }

  @Test
  void americanDatesAndOtherCharsetsAreReadToo() throws IOException {
    String row = "1,A,£ gift,1,12/1/2010 8:26,1,17,France\n";
    read(DataSet.ONLINE_RETAIL, RETAIL + row, StandardCharsets.ISO_8859_1);
    assertThat(events().get(0)).contains("\"2010-12-01T08:26:00.000Z\"", "\"user_id\":\"17\"");
    assertThat(catalog().get(0)).contains("£ gift");
  }

  @Test
  void behaviourOfAShop() throws IOException {
    ImportSummary summary =
        read(
            DataSet.REES46,
            REES46
                + "2019-10-01 00:00:00 UTC,view,1,20,electronics.audio.head_phone,acme,35.79,5,s-1\n"
                + "2019-10-01 00:00:01 UTC,cart,2,20,,,0.00,5,s-1\n"
                + "2019-10-01 00:00:01 UTC,remove_from_cart,3,20,,runail,-1.5,5,\n"
                + "2019-10-01 00:00:02 UTC,purchase,1,20,,,35.79,5,s-1\n");
    List<String> events = events();
    assertThat(events).hasSize(3);
    assertThat(events.get(0))
        .endsWith(
            "\"event_type\":\"view_item\",\"event_time\":\"2019-10-01T00:00:00.000Z\","
                + "\"user_id\":\"5\",\"session_id\":\"s-1\",\"currency\":\"USD\","
                + "\"items\":[{\"item_id\":\"1\",\"price\":35.79}]}");
    assertThat(events.get(1)).contains("add_to_cart", "\"price\":0.00");
    assertThat(events.get(2)).contains("\"purchase\"", "\"transaction_id\":\"s-1/5\"");
    assertThat(catalog())
        .containsExactly(
            "{\"item_id\":\"1\",\"title\":\"acme head phone\",\"category\":\"electronics\","
                + "\"brand\":\"acme\"}",
            "{\"item_id\":\"2\"}",
            "{\"item_id\":\"3\",\"title\":\"runail\",\"brand\":\"runail\"}");
    assertThat(summary.purchases()).isEqualByComparingTo("35.79");
    assertThat(summary.leftOut()).isEqualTo(1);
  }

  @Test
  void theSameLineTwiceIsTwoEventsAndTheSameFileTheSameEvents() throws IOException {
    String line = "2019-10-01 00:00:00 UTC,view,1,20,,,1,5,s\n";
    read(DataSet.REES46, REES46 + line + line);
    List<String> once = events();
    assertThat(once.get(0)).isNotEqualTo(once.get(1));
    read(DataSet.REES46, REES46 + line + line);
    assertThat(events()).isEqualTo(once);
  }

  @Test
  void aBadLineIsNamedAndNothingIsLeftBehind() {
    retailFails(
        "1,A,x,many,2011-01-01 10:00:00,1,,F\n",
        "line 2: Quantity must be a whole number, not 'many'");
    retailFails(
        "1,A,x,1,yesterday,1,,F\n",
        "line 2: InvoiceDate must be a time after 1970 like 2010-12-01 08:26:00, not 'yesterday'");
    retailFails(
        "1,A,x,1000001,2011-01-01 10:00:00,1,,F\n",
        "line 2: Quantity must be at most 1,000,000 either way, not '1000001'");
    retailFails(
        "1,A,x,1,2011-01-01 10:00:00,£1,,F\n",
        "line 2: UnitPrice must be a decimal number, not '£1'");
    retailFails(
        "1,A,x,1,2011-01-01 10:00:00,1.2345678,,F\n",
        "line 2: UnitPrice must have at most 6 decimals, not '1.2345678'");
    retailFails(
        "1,A,x,1000000,2011-01-01 10:00:00,1000000,,F\n",
        "line 2: Quantity times the price must be below 10^12, not '1000000'");
    retailFails(
        "1,,x,1,2011-01-01 10:00:00,1,,F\n",
        "line 2: StockCode must have 1 to 128 characters, not ''");
    retailFails("1,A,x,1,2011-01-01 10:00:00,1,,F\n1,A,x\n", "line 3: 3 fields, the header has 8");
    assertThatThrownBy(
            () -> read(DataSet.REES46, REES46 + "2019-10-01 00:00:00 UTC,buy,1,2,,,1,5,s\n"))
        .hasMessageEndingWith(
            "line 2: event_type must be view, cart, remove_from_cart or purchase, not 'buy'");
    assertThat(folder.resolve("events.jsonl")).doesNotExist();
    assertThat(folder.resolve("catalog.jsonl")).doesNotExist();
  }

  @Test
  void whatIsNoSuchTableIsRefused() {
    assertThatThrownBy(() -> read(DataSet.REES46, RETAIL))
        .hasMessageContaining("line 1: no column event_time");
    assertThatThrownBy(() -> read(DataSet.REES46, "")).hasMessageContaining("line 1: no column");
    assertThatThrownBy(() -> read(DataSet.ONLINE_RETAIL, RETAIL + "1,\"A,x,1\n"))
        .hasMessageContaining("near line 2: not CSV");
    Path csv = folder.resolve("data.csv");
    assertThatThrownBy(
            () ->
                DataSet.REES46.run(csv, StandardCharsets.UTF_8, csv, folder.resolve("c"), n -> {}))
        .hasMessageContaining("must be three files");
  }

  private void retailFails(String rows, String message) {
    assertThatThrownBy(() -> read(DataSet.ONLINE_RETAIL, RETAIL + rows))
        .isInstanceOf(ImportException.class)
        .hasMessage(folder.resolve("data.csv") + " " + message);
  }

  private ImportSummary read(DataSet set, String csv) throws IOException {
    return read(set, csv, StandardCharsets.UTF_8);
  }

  private ImportSummary read(DataSet set, String csv, Charset charset) throws IOException {
    Path file = Files.write(folder.resolve("data.csv"), csv.getBytes(charset));
    return set.run(
        file,
        charset,
        folder.resolve("events.jsonl"),
        folder.resolve("catalog.jsonl"),
        lines -> {});
  }

  private List<String> events() throws IOException {
    return Files.readAllLines(folder.resolve("events.jsonl"));
  }

  private List<String> catalog() throws IOException {
    return Files.readAllLines(folder.resolve("catalog.jsonl"));
  }
}
