package io.tillstream.local.data.imports;

import io.tillstream.local.data.JsonBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gathers products and shoppers; of each the first thing said about it stays. */
final class CatalogBuilder {
  private static final class Product {
    private String title = "";
    private String category = "";
    private String brand = "";
  }

  private record Shopper(String segment, String country) {}

  private final Map<String, Product> products = new LinkedHashMap<>();
  private final Map<String, Shopper> shoppers = new LinkedHashMap<>();

  /** An empty text says nothing. */
  void product(String id, String title, String category, String brand) {
    Product product = products.computeIfAbsent(id, unused -> new Product());
    product.title = product.title.isEmpty() ? title : product.title;
    product.category = product.category.isEmpty() ? category : product.category;
    product.brand = product.brand.isEmpty() ? brand : product.brand;
  }

  void shopper(String id, String segment, String country) {
    shoppers.putIfAbsent(id, new Shopper(segment, country));
  }

  int products() {
    return products.size();
  }

  int shoppers() {
    return shoppers.size();
  }

  /** One JSON line each; what is not known is not there. */
  void write(OutputStream out) throws IOException {
    JsonBytes json = new JsonBytes();
    for (Map.Entry<String, Product> entry : products.entrySet()) {
      json.reset().ascii("{\"item_id\":").string(entry.getKey());
      field(json, ",\"title\":", entry.getValue().title);
      field(json, ",\"category\":", entry.getValue().category);
      field(json, ",\"brand\":", entry.getValue().brand);
      json.one('}').writeLine(out);
    }
    for (Map.Entry<String, Shopper> entry : shoppers.entrySet()) {
      json.reset().ascii("{\"user_id\":").string(entry.getKey());
      field(json, ",\"segment\":", entry.getValue().segment);
      field(json, ",\"country\":", entry.getValue().country);
      json.one('}').writeLine(out);
    }
  }

  private static void field(JsonBytes json, String name, String value) {
    if (!value.isEmpty()) {
      json.ascii(name).string(value);
    }
  }
}
