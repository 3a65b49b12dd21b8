package io.tillstream.operators.wire;

import java.util.ArrayDeque;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Keeps watermarks behind the records that came before them. Records wait in stretches between two
 * watermarks; a watermark leaves when every stretch before it is empty. Records themselves may
 * leave in any order.
 */
public final class Waiting {

  /** Where watermarks leave. */
  @FunctionalInterface
  public interface Exit {

    /** Takes a watermark. */
    void emit(Watermark mark);
  }

  /** The records between two watermarks that still wait. */
  public static final class Stretch {
    private int records;
    private Watermark end; // null while it is the newest

    private Stretch() {}
  }

  private final ArrayDeque<Stretch> stretches = new ArrayDeque<>();
  private final Exit exit;
  private int records;

  /** Nothing waits. */
  public Waiting(Exit exit) {
    this.exit = exit;
    stretches.add(new Stretch());
  }

  /** A record begins to wait; hand the stretch back in {@link #leave}. */
  public Stretch enter() {
    Stretch newest = stretches.getLast();
    newest.records++;
    records++;
    return newest;
  }

  /** A record has been emitted: the watermarks it held back follow. */
  public void leave(Stretch stretch) {
    stretch.records--;
    records--;
    while (stretches.getFirst().records == 0 && stretches.getFirst().end != null) {
      exit.emit(stretches.removeFirst().end);
    }
  }

  /** A watermark came. */
  public void watermark(Watermark mark) {
    if (records == 0) {
      exit.emit(mark);
      return;
    }
    Stretch newest = stretches.getLast();
    if (newest.records == 0 && stretches.size() > 1) {
      // Nothing waits since the last watermark: it need not be told apart from this one.
      stretches.removeLast();
      newest = stretches.getLast();
    }
    newest.end = mark;
    stretches.add(new Stretch());
  }

  /** How many records wait. */
  public int records() {
    return records;
  }
}
