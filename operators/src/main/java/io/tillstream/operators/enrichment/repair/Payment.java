package io.tillstream.operators.enrichment.repair;

import io.tillstream.operators.enrichment.lookup.Answer;
import io.tillstream.operators.enrichment.lookup.LookupKey;
import io.tillstream.operators.enrichment.lookup.LookupKind;
import io.tillstream.operators.enrichment.lookup.LookupService;
import io.tillstream.operators.enrichment.lookup.Waiter;
import io.tillstream.operators.figures.Owed;
import io.tillstream.operators.figures.RowKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.MapState;

/**
 * The work on one product's debt: ask for what is missing, pay what is answered, and again until
 * nothing is on its way. It holds nothing that a crash could lose: what is not paid is still owed.
 */
final class Payment implements Waiter {

  /** A debt whose answers are there. */
  private record Due(Owed.Key key, Debt debt, String category, String segment) {}

  final DebtIndex.Item item;
  private final LookupService service;
  private final Consumer<Payment> ready;
  private final Map<LookupKey, Answer> answers = new HashMap<>(4);
  private int missing;

  // What the last pass found.
  private boolean unanswered;
  private boolean complete;
  private int left;
  private long oldestWindow;
  private long oldestSince;
  private long lines;

  /** Work not begun; {@code ready} is told when all answers asked for have come. */
  Payment(DebtIndex.Item item, LookupService service, Consumer<Payment> ready) {
    this.item = item;
    this.service = service;
    this.ready = ready;
  }

  @Override
  public void answered(LookupKey key, Answer answer) {
    answers.put(key, answer);
    if (--missing == 0) {
      ready.accept(this);
    }
  }

  /**
   * Pays what can be paid of {@code slice} entries.
   *
   * @param debts the product's; its key is the current one
   * @return whether answers are on their way, and {@code ready} will be told
   */
  boolean pass(MapState<Owed.Key, Debt> debts, int slice, Corrections corrections)
      throws Exception {
    unanswered = false;
    left = 0;
    lines = 0;
    oldestWindow = Long.MAX_VALUE;
    oldestSince = Long.MAX_VALUE;
    List<Due> due = look(debts.iterator(), slice);
    for (Due each : due) {
      debts.remove(each.key);
      corrections.pay(item.id, each.key, each.debt.figures(), each.category, each.segment);
      lines += each.debt.figures().degraded();
    }
    return missing > 0;
  }

  private List<Due> look(Iterator<Map.Entry<Owed.Key, Debt>> entries, int slice) {
    List<Due> due = new ArrayList<>();
    int seen = 0;
    Answer product = null;
    boolean productAsked = false;
    while (seen < slice && entries.hasNext()) {
      Map.Entry<Owed.Key, Debt> entry = entries.next();
      Owed.Key key = entry.getKey();
      seen++;
      String category = key.category();
      if (category == null) {
        if (!productAsked) {
          productAsked = true;
          product = ask(LookupKind.CATEGORY, item.id);
        }
        category = product == null ? null : product.value();
      }
      String segment = key.sale() ? segment(key) : null;
      if (category != null && (segment != null || !key.sale())) {
        due.add(new Due(key, entry.getValue(), category, segment));
      } else {
        left++;
        oldestWindow = Math.min(oldestWindow, key.windowStart());
        oldestSince = Math.min(oldestSince, entry.getValue().since());
      }
    }
    complete = !entries.hasNext();
    return due;
  }

  private String segment(Owed.Key key) {
    if (key.segment() != null) {
      return key.segment();
    }
    if (key.userId() == null) {
      return RowKey.UNKNOWN;
    }
    Answer answer = ask(LookupKind.SEGMENT, key.userId());
    return answer == null ? null : answer.value();
  }

  private Answer ask(LookupKind kind, String id) {
    LookupKey key = new LookupKey(kind, id);
    Answer answer = answers.get(key);
    if (answer == null) {
      answer = service.ask(key, this);
      if (answer == null) {
        missing++;
        return null;
      }
      answers.put(key, answer);
    }
    unanswered |= !answer.answered();
    return answer;
  }

  /** Whether the last pass met a question nobody answered. */
  boolean unanswered() {
    return unanswered;
  }

  /** Whether the last pass saw every entry, so that the following say how the product stands. */
  boolean complete() {
    return complete;
  }

  /** Entries the last pass saw and could not pay. */
  int left() {
    return left;
  }

  /** The oldest window among them; {@link Long#MAX_VALUE} if there are none. */
  long oldestWindow() {
    return oldestWindow;
  }

  /** The oldest moment among them; {@link Long#MAX_VALUE} if there are none. */
  long oldestSince() {
    return oldestSince;
  }

  /** How many lines the last pass paid for. */
  long lines() {
    return lines;
  }
}
