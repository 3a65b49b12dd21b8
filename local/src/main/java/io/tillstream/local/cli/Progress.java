package io.tillstream.local.cli;

import java.util.Locale;

/**
 * Progress of long work on stderr: a line that redraws itself on a terminal, else one now and then.
 */
final class Progress {
  private static final boolean TERMINAL = Console.progressIsTerminal();

  private static final long EVERY_NANOS = TERMINAL ? 500_000_000L : 10_000_000_000L;

  private final String did;
  private final String what;
  private final long begin = System.nanoTime();
  private long nextCount;
  private long next = begin + EVERY_NANOS;

  /** Reads like "sent 1,000 records". */
  Progress(String did, String what) {
    this.did = did;
    this.what = what;
  }

  void at(long count) {
    // Asking the clock for every record would cost more than the rest of it.
    if (count < nextCount) {
      return;
    }
    nextCount = count + 256;
    if (System.nanoTime() >= next) {
      next = System.nanoTime() + EVERY_NANOS;
      System.err.print((TERMINAL ? "\r" : "") + text(count) + (TERMINAL ? "   " : "\n"));
      System.err.flush();
    }
  }

  void done(long count) {
    Console.progress((TERMINAL ? "\r" : "") + text(count));
  }

  private String text(long count) {
    double seconds = Math.max(0.001, (System.nanoTime() - begin) / 1e9);
    return String.format(
        Locale.ROOT, "%s %,d %s in %.1f s, %,.0f/s", did, count, what, seconds, count / seconds);
  }
}
