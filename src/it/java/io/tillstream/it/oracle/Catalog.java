package io.tillstream.it.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Category of each product and segment of each shopper, from the lines of a catalog file. */
public final class Catalog {
  static final String UNKNOWN = "unknown";

  private final Map<String, String> categories = new HashMap<>();
  private final Map<String, String> segments = new HashMap<>();

  /** Reads JSON lines, packed or not. */
  public static Catalog read(Path file) throws IOException {
    Catalog catalog = new Catalog();
    ObjectMapper mapper = new ObjectMapper();
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        catalog.add(mapper.readTree(line));
      }
    }
    return catalog;
  }

  /** A later line about the same thing sets its fields anew, as Redis' HSET does. */
  void add(JsonNode line) {
    if (line.hasNonNull("item_id") && line.hasNonNull("category")) {
      categories.put(line.get("item_id").asText(), line.get("category").asText());
    }
    if (line.hasNonNull("user_id") && line.hasNonNull("segment")) {
      segments.put(line.get("user_id").asText(), line.get("segment").asText());
    }
  }

  String category(String item) {
    return categories.getOrDefault(item, UNKNOWN);
  }

  String segment(String user) {
    return user == null ? UNKNOWN : segments.getOrDefault(user, UNKNOWN);
  }
}
