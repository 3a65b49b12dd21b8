package io.tillstream.operators.aggregation.presum;

import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.Stock;

/** What one product gathered in one window since the last flush. */
final class ItemSums {
  /** The figures by category, the newest first; a second one is as rare as a changed catalog. */
  Part parts;

  /** Lines without an answer that are of no sale; sales are told apart by shopper elsewhere. */
  Figures owedBrowsing;

  Stock stock;
  TrendSums trend;
  long events;
  long oldest = Long.MAX_VALUE;

  /** The figures under {@code category}, null if it got no answer. */
  Part part(String category) {
    Part head = parts;
    if (head != null && same(head.category, category)) {
      return head;
    }
    Part before = head;
    while (before != null && before.next != null && !same(before.next.category, category)) {
      before = before.next;
    }
    Part found;
    if (before != null && before.next != null) {
      found = before.next;
      before.next = found.next;
    } else {
      found = new Part(category);
    }
    found.next = head;
    parts = found;
    return found;
  }

  @SuppressWarnings("ReferenceEquality") // a cached category is nearly always the same object
  private static boolean same(String a, String b) {
    return a == b || (a != null && a.equals(b));
  }

  /** The figures of the lines under one category. */
  static final class Part {
    final String category;
    final Figures figures = new Figures();
    long oldest = Long.MAX_VALUE;
    Part next;

    private Part(String category) {
      this.category = category;
    }
  }
}
