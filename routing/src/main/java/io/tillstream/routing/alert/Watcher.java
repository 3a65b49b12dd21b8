package io.tillstream.routing.alert;

import java.util.List;

/**
 * Judges one key at a time by the rules in force. Pure: all it remembers is in the memory it is
 * given and gives back. One instance serves all keys of a subtask; a change of the rules needs a
 * new one.
 *
 * <p>Times are processing time in epoch milliseconds; it may step back, and nothing then lasts a
 * negative time.
 */
public final class Watcher {
  private static final List<Alert> NOTHING = List.of();
  private static final Step NOTHING_EVER = new Step(KeyMemory.EMPTY, NOTHING);
  private static final long FORGET_AFTER = 24 * 60 * 60 * 1000L;

  private final RuleBook book;
  private final long watchingSince;
  private final long numbersAbove;
  private final Plan.Index plans;

  /**
   * A watcher.
   *
   * @param book the rules in force
   * @param watchingSince when this attempt of the job began to see rows: what nobody could see
   *     before counts neither as held nor as silent
   */
  public Watcher(RuleBook book, long watchingSince) {
    this(book, watchingSince, 0);
  }

  /**
   * A watcher beside whose job others told of the same keys before.
   *
   * @param numbersAbove a key's first episode has the next number: names of a job without state
   *     begin above those of every earlier one, whose receivers take a known name for a repeat
   */
  public Watcher(RuleBook book, long watchingSince, long numbersAbove) {
    this.book = book;
    this.watchingSince = watchingSince;
    this.numbersAbove = numbersAbove;
    this.plans = new Plan.Index(book.rules());
  }

  /** The rules in force. */
  public RuleBook book() {
    return book;
  }

  /** Whether any rule looks at such rows: if not, and nothing is remembered, they can pass. */
  public boolean watches(String dimension, String key) {
    return plans.of(dimension, key).rules.length > 0;
  }

  /**
   * A row came. One of an older window, or of an older version, changes nothing.
   *
   * @param memory of the row's key
   */
  public Step see(KeyMemory memory, WindowFigures row, long now) {
    Plan plan = plans.of(row.dimension(), row.key());
    if (plan.rules.length == 0) {
      if (memory.episodes.isEmpty()) {
        return NOTHING_EVER;
      }
      if (memory.rulesVersion == book.version()) {
        return new Step(memory, NOTHING);
      }
    }
    Round round = round(memory, row.dimension(), row.key(), plan, now);
    boolean news = round.see(row);
    return news || round.changed() ? round.end() : new Step(memory, NOTHING);
  }

  /** Time has passed. It does no harm to call it too early, too late or for nothing. */
  public Step tick(KeyMemory memory, long now) {
    boolean known = memory.rulesVersion == book.version() || memory.episodes.isEmpty();
    boolean due = now >= memory.nextDeadline() || now < memory.clock;
    boolean old = now - FORGET_AFTER > memory.clock;
    if (memory.key == null || (known && !due && !old)) {
      return new Step(memory, NOTHING);
    }
    Round round = round(memory, memory.dimension, memory.key, null, now);
    if (old) {
      round.forget();
    }
    round.pass();
    return round.end();
  }

  /**
   * Judges what is known of the newest window, although no row came: for a watcher of changed
   * rules. Episodes of rules that are gone or not the same any more are resolved, as by the next
   * call of any other kind.
   */
  public Step judge(KeyMemory memory, long now) {
    if (memory.key == null) {
      return new Step(memory, NOTHING);
    }
    Round round = round(memory, memory.dimension, memory.key, null, now);
    round.judgeAll();
    round.pass();
    return round.end();
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
    Plan plan = plans.of(told.dimension(), told.key());
    // What was read back goes first; what a change of the rules ends comes with the next call.
    long version = memory.key == null ? book.version() : memory.rulesVersion;
    Round round =
        new Round(
            version, plan, memory, told.dimension(), told.key(), now, watchingSince, numbersAbove);
    return round.adopt(told) ? round.end() : new Step(memory, NOTHING);
  }

  private Round round(KeyMemory memory, String dimension, String key, Plan plan, long now) {
    Plan found = plan == null ? plans.of(dimension, key) : plan;
    return new Round(
        book.version(), found, memory, dimension, key, now, watchingSince, numbersAbove);
  }
}
