package io.tillstream.local.bench;

/** What one measurement ends with. */
public interface BenchResult {
  /** Whether the published sums equal those of the input, to the cent. */
  boolean exact();

  /** One JSON object, for programs. */
  String json();

  /** One line, for people. */
  String text();
}
