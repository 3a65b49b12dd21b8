package io.tillstream.operators.aggregation.sums;

import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.RowKey;
import io.tillstream.operators.figures.Stock;

/** A row in the heap: its numbers and what is still to be done with them. */
final class Row {
  private static final long NONE = Long.MAX_VALUE;

  final RowKey key;
  final RowWindow window;

  private final Figures figures;
  private String category;
  private boolean categoryAnswered;
  private Stock stock;
  private boolean finalPublished;
  private long oldestNew = NONE;

  /** Changed since it was published. */
  boolean unpublished;

  /** Changed since it was written to state. */
  boolean unwritten;

  /** State holds an older or equal version of it. */
  boolean stored;

  /** A row of zeros. */
  Row(RowKey key, RowWindow window) {
    this.key = key;
    this.window = window;
    this.figures = new Figures();
  }

  /** A row from state. */
  Row(RowKey key, RowWindow window, StoredRow from) {
    this.key = key;
    this.window = window;
    this.figures = from.figures().copy();
    this.category = from.category();
    this.categoryAnswered = from.categoryAnswered();
    this.stock = from.stock();
    this.finalPublished = from.finalPublished();
    this.stored = true;
  }

  /** Takes a change in. */
  void add(Delta delta) {
    figures.add(delta.figures(), 1);
    if (delta.category() != null && (delta.categoryAnswered() || !categoryAnswered)) {
      category = delta.category();
      categoryAnswered = delta.categoryAnswered();
    }
    stock = Stock.newer(stock, delta.stock());
    oldestNew = Math.min(oldestNew, delta.oldestRecordTime());
    unwritten = true;
  }

  /** Notes that it is being published; once final, always final. */
  void published(boolean isFinal) {
    unpublished = false;
    oldestNew = NONE;
    if (isFinal && !finalPublished) {
      finalPublished = true;
      unwritten = true;
    }
  }

  /** What goes to state. */
  StoredRow stored() {
    return new StoredRow(figures.copy(), category, categoryAnswered, stock, finalPublished);
  }

  Figures figures() {
    return figures;
  }

  String category() {
    return category;
  }

  Stock stock() {
    return stock;
  }

  boolean finalPublished() {
    return finalPublished;
  }

  /** The oldest record since the last publication in epoch milliseconds; MAX_VALUE if none. */
  long oldestNew() {
    return oldestNew;
  }
}
