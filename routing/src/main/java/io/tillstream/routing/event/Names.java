package io.tillstream.routing.event;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The unknown names met in one object, to find the one that comes twice. Reused between objects.
 */
final class Names {
  private static final int FEW = 16;

  private final String[] few = new String[FEW];
  private int size;
  private Set<String> many;

  /** Takes a name; false if it was there. */
  boolean add(String name) {
    if (many != null) {
      return many.add(name);
    }
    for (int i = 0; i < size; i++) {
      if (few[i].equals(name)) {
        return false;
      }
    }
    if (size == FEW) {
      many = new HashSet<>(Arrays.asList(few));
      return many.add(name);
    }
    few[size++] = name;
    return true;
  }

  /** Forgets all of them; a hostile record's names are not held. */
  void clear() {
    Arrays.fill(few, 0, size, null);
    size = 0;
    many = null;
  }
}
