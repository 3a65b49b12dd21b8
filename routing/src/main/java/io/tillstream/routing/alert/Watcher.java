package io.tillstream.routing.alert;

/**
 * Judges one key at a time by the rules in force. Pure and without state of its own: one instance
 * serves all keys of a subtask, and a change of the rules needs a new one.
 *
 * <p>Times are processing time in epoch milliseconds; it may step back, and nothing then lasts a
 * negative time.
 */
public final class Watcher {
  private final RuleBook book;

  /**
   * A watcher.
   *
   * @param book the rules in force
   * @param watchingSince when this attempt of the job began to see rows: what nobody could see
   *     before counts neither as held nor as silent
   */
  public Watcher(RuleBook book, long watchingSince) {
    this.book = book;
  }

  /** The rules in force. */
  public RuleBook book() {
    return book;
  }

  /** Whether any rule looks at such rows: if not, {@link #see} need not be asked. */
  public boolean watches(String dimension, String key) {
    return true;
  }

  /** A row came. */
  public Step see(KeyMemory memory, WindowFigures row, long now) {
    throw new UnsupportedOperationException();
  }

  /** Time has passed. Free to be called too early, too late or for nothing. */
  public Step tick(KeyMemory memory, long now) {
    throw new UnsupportedOperationException();
  }

  /**
   * The rules change: episodes of rules that are gone or not the same any more are resolved. A
   * memory that missed a change is mended by the next call of any kind, under a watcher of the new
   * book.
   */
  public Step change(KeyMemory memory, RuleBook changed, long at) {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes a word that was published but is not in the memory (a crash came after it) as said. Words
   * the memory knows, or is past, change nothing.
   *
   * @param told as read back from {@code shop-alerts}, the last word of its episode
   * @return the memory, and {@code told} itself if it was news, with the webhook of its rule if it
   *     brought none: published already, to be sent once more
   */
  public Step adopt(KeyMemory memory, Alert told, long now) {
    throw new UnsupportedOperationException();
  }
}
