package io.tillstream.local.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogLineTest {
  private static CatalogLine parse(String json) {
    return CatalogLine.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void productsAndShoppers() {
    assertThat(parse("{'item_id':'A','title':'T','category':null,'colour':7}"))
        .isEqualTo(
            new CatalogLine("product:A", Map.of("title", "T"), List.of("category", "brand")));
    assertThat(parse("{'user_id':'u','segment':'vip','country':'DE'}"))
        .isEqualTo(new CatalogLine("user:u", Map.of("segment", "vip", "country", "DE"), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'item_id':5} | item_id must be a string",
        "{'item_id':''} | item_id must have 1 to 128",
        "{'item_id':'A','brand':true} | brand must be a string",
        "{'title':'A'} | neither item_id nor user_id",
        "{'item_id':'A','user_id':'B'} | both",
        "[] | not a JSON object",
        "{'item_id':'A'} x | not JSON",
        "{'item_id':'A','item_id':'B'} | not JSON",
        "nonsense | not JSON"
      })
  void whatIsWrongIsNamed(String json, String message) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
