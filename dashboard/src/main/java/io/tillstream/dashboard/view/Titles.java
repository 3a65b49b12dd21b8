package io.tillstream.dashboard.view;

import java.util.LinkedHashMap;
import java.util.Map;

/** What products are called, as far as it was told lately; the oldest are forgotten first. */
final class Titles {
  private static final int MOST = 20_000;

  record Name(String title, String category) {}

  private final Map<String, Name> names = new LinkedHashMap<>();

  void put(String itemId, String title, String category) {
    if (title == null) {
      return;
    }
    names.remove(itemId);
    names.put(itemId, new Name(title, category));
    if (names.size() > MOST) {
      names.remove(names.keySet().iterator().next());
    }
  }

  /** The title, or null. */
  String of(String itemId) {
    Name name = names.get(itemId);
    return name == null ? null : name.title();
  }

  Map<String, Name> all() {
    return names;
  }
}
