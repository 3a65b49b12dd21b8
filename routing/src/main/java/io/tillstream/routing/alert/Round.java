package io.tillstream.routing.alert;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** One call of the watcher for one key: takes the memory apart, and puts it together again. */
final class Round {
  private final long rulesVersion;
  private final Plan plan;
  private final String dimension;
  private final String key;
  private final long now;
  private final long watchingSince;
  private final long numbersAbove;

  private long windowStart;
  private long windowEnd;
  private Part[] parts;
  private Past[] pasts;
  private final Episodes episodes;
  private List<Alert> alerts = List.of();

  Round(
      long rulesVersion,
      Plan plan,
      KeyMemory memory,
      String dimension,
      String key,
      long now,
      long watchingSince,
      long numbersAbove) {
    this.rulesVersion = rulesVersion;
    this.plan = plan;
    this.dimension = dimension;
    this.key = key;
    this.now = now;
    // A start that seems to lie ahead was on another clock.
    this.watchingSince = watchingSince <= now ? watchingSince : Episode.NEVER;
    this.numbersAbove = numbersAbove;
    this.windowStart = memory.windowStart;
    this.windowEnd = memory.windowEnd;
    this.parts = memory.parts;
    this.pasts = memory.pasts;
    this.episodes = new Episodes(memory.episodes);
    if (now < memory.clock) {
      stepBack(memory.clock - now);
    }
    if (memory.rulesVersion != rulesVersion) {
      reconcile();
    }
  }

  /** Whether something happened before the row was even looked at. */
  boolean changed() {
    return episodes.changed() || !alerts.isEmpty();
  }

  KeyMemory memory() {
    return new KeyMemory(
        dimension, key, windowStart, windowEnd, parts, pasts, episodes.list(), now, rulesVersion);
  }

  Step end() {
    if (plan.rules.length == 0) {
      dropWindow();
    }
    if (parts.length == 0 && pasts.length == 0 && episodes.isEmpty()) {
      return new Step(KeyMemory.EMPTY, alerts);
    }
    return new Step(memory(), alerts);
  }

  private void stepBack(long millis) {
    for (int i = 0; i < episodes.size(); i++) {
      episodes.put(i, episodes.get(i).earlier(millis));
    }
  }

  /** Ends what belongs to rules that are gone or not the same any more. */
  private void reconcile() {
    for (int i = 0; i < episodes.size(); i++) {
      Episode episode = episodes.get(i);
      int at = plan.indexOf(episode.ruleId());
      if (episode.isOpen() && episode.open().rulesVersion() > rulesVersion) {
        // Read back from after the checkpoint: the rules it was said under are still to come.
        continue;
      }
      if (at >= 0 && episode.mark() == 0) {
        episodes.put(i, met(episode, plan.rules[at]).withMark(plan.marks[at]));
      } else if (at < 0 || episode.mark() != plan.marks[at]) {
        if (episode.isOpen()) {
          String id = episode.ruleId();
          String reason = at < 0 ? Words.removed(id) : Words.changed(id);
          say(Telling.resolved(episode, episode.open().value(), reason, now, rulesVersion));
        }
        episodes.put(i, Episode.fresh(episode.ruleId(), 0, episode.number()));
      }
    }
    pasts = keepAskedFor(pasts);
    episodes.tidy();
  }

  // A word that was read back before its rule was known could not be sent: it is said once more.
  private Episode met(Episode episode, Rule rule) {
    boolean sent = !episode.isOpen() || episode.open().webhook() != null;
    if (sent || episode.open().shadow() || rule.webhook() == null) {
      return episode;
    }
    Alert known = episode.open().withWebhook(rule.webhook());
    say(known);
    return episode.opened(known);
  }

  private Past[] keepAskedFor(Past[] all) {
    List<Past> kept = new ArrayList<>();
    for (Past past : all) {
      for (Series series : plan.series) {
        if (series.name().equals(past.series)) {
          kept.add(past);
        }
      }
    }
    return kept.size() == all.length ? all : kept.toArray(KeyMemory.NO_PAST);
  }

  /**
   * Takes a row in and judges.
   *
   * @return false if it brought nothing new
   */
  boolean see(WindowFigures row) {
    if (row.windowStart() < windowStart) {
      return false;
    }
    int at = Parts.indexOf(parts, row.aggregator());
    boolean newer = row.windowStart() > windowStart;
    if (!newer && at >= 0 && parts[at].version > row.version()) {
      return false;
    }
    if (newer) {
      if (parts.length > 0) {
        judgeWhole();
        remember();
      }
      parts = Parts.NONE;
      at = -1;
      windowStart = row.windowStart();
      windowEnd = row.windowEnd();
    }
    Part[] earlier = parts;
    parts = Parts.with(parts, at, Part.of(row, plan.bases));
    for (int i = 0; i < plan.rules.length; i++) {
      judge(i, earlier);
    }
    if (Parts.areFinal(parts)) {
      judgeWhole();
    }
    pass();
    return true;
  }

  /** Judges what is known of the newest window. */
  void judgeAll() {
    for (int i = 0; i < plan.rules.length; i++) {
      judge(i, parts);
    }
  }

  private void remember() {
    for (Series series : plan.series) {
      BigDecimal[] left = series.of(parts);
      if (left != null) {
        int at = -1;
        for (int i = 0; i < pasts.length; i++) {
          at = pasts[i].series.equals(series.name()) ? i : at;
        }
        Past past = at < 0 ? new Past(series.name(), new BigDecimal[0]) : pasts[at];
        Past[] copy = java.util.Arrays.copyOf(pasts, at < 0 ? pasts.length + 1 : pasts.length);
        copy[at < 0 ? pasts.length : at] = past.and(left, series.windows());
        pasts = copy;
      }
    }
  }

  private void judge(int rule, Part[] earlier) {
    if (plan.rules[rule].silence() != null) {
      judgeGrowth(rule, earlier);
      return;
    }
    BigDecimal value = Judgement.value(plan.rules[rule], plan.seriesOf[rule], parts, pasts);
    if (value != null) {
      judgeValue(rule, value, false);
    }
  }

  private void judgeGrowth(int rule, Part[] earlier) {
    Metric metric = plan.rules[rule].metric();
    BigDecimal value = Parts.value(parts, metric);
    BigDecimal known = Parts.value(earlier, metric);
    boolean grew = value != null && value.compareTo(known == null ? BigDecimal.ZERO : known) > 0;
    if (!grew) {
      return;
    }
    int at = find(rule);
    Episode episode = at < 0 ? fresh(rule) : episodes.get(at);
    if (episode.isSettling()) {
      return;
    }
    if (episode.isOpen()) {
      episode = resolve(episode, value, Words.resolved(plan.rules[rule], value));
    }
    episodes.put(at, episode.holding(now, windowStart, null));
  }

  /**
   * Judges a value.
   *
   * @param whole whether the window is over, so that a sum will not grow any more
   */
  private void judgeValue(int index, BigDecimal value, boolean whole) {
    Rule rule = plan.rules[index];
    boolean fires = rule.comparison().holds(value, rule.threshold());
    int at = find(index);
    if (at < 0 && !fires) {
      return;
    }
    Episode episode = at < 0 ? fresh(index) : episodes.get(at);
    if (fires) {
      Episode holding =
          episode.holding(episode.holds() ? episode.since() : now, windowStart, value);
      episodes.put(at, worsened(rule, holding.settling(Episode.NEVER), value));
    } else if (episode.isSettling()) {
      return;
    } else if (!whole && isToGrow(rule, episode)) {
      return;
    } else if (!episode.isOpen()) {
      if (episode.holds()) {
        episodes.put(at, episode.calm());
      }
    } else if (!rule.comparison().holds(value, rule.clearThreshold())) {
      episodes.put(at, resolve(episode, value, Words.resolved(rule, value)).calm());
    }
  }

  // A sum is small at a window's beginning, and what fired in the window before may do so again.
  private boolean isToGrow(Rule rule, Episode episode) {
    return rule.comparison().isUpward()
        && rule.metric().isSum()
        && episode.holds()
        && windowStart > episode.window();
  }

  private static Episode worsened(Rule rule, Episode episode, BigDecimal value) {
    if (!episode.isOpen()) {
      return episode;
    }
    BigDecimal worst = episode.worst() == null ? episode.open().value() : episode.worst();
    boolean worse = worst == null || rule.comparison().isWorse(value, worst);
    return worse ? episode.withWorst(value) : episode;
  }

  /** The newest window is over: what waited for that is judged, and what it had too little of. */
  private void judgeWhole() {
    for (int i = 0; i < plan.rules.length; i++) {
      Rule rule = plan.rules[i];
      int at = find(i);
      if (rule.silence() != null || at < 0 || !isToEnd(episodes.get(at))) {
        continue;
      }
      BigDecimal value = Judgement.value(rule, plan.seriesOf[i], parts, pasts);
      if (value != null) {
        judgeValue(i, value, true);
      } else if (hadTooLittle(rule)) {
        Episode episode = episodes.get(at);
        episodes.put(
            at, (episode.isOpen() ? resolve(episode, null, Words.tooFew(rule)) : episode).calm());
      }
    }
  }

  private static boolean isToEnd(Episode episode) {
    return episode.holds() && !episode.isSettling();
  }

  private boolean hadTooLittle(Rule rule) {
    if (rule.atLeast() == null || Judgement.reaches(parts, rule.atLeast())) {
      return false;
    }
    return Parts.value(parts, rule.atLeast().metric()) != null;
  }

  /** Says what time alone has made due, and notes what will be. */
  void pass() {
    settle();
    for (int i = 0; i < episodes.size(); i++) {
      Episode episode = episodes.get(i);
      int at = plan.indexOf(episode.ruleId());
      Episode after =
          at < 0 ? episode.withDeadline(Long.MAX_VALUE) : passed(plan.rules[at], episode);
      episodes.put(i, after);
    }
    episodes.tidy();
  }

  // What was read back and not seen again is judged like all the others from now on.
  private void settle() {
    for (int i = 0; i < episodes.size(); i++) {
      Episode episode = episodes.get(i);
      if (episode.isSettling() && now >= episode.settling()) {
        episodes.put(i, episode.settling(Episode.NEVER));
        int rule = plan.indexOf(episode.ruleId());
        if (rule >= 0 && parts.length > 0) {
          judge(rule, parts);
        }
      }
    }
  }

  private Episode passed(Rule rule, Episode before) {
    Episode episode = before;
    if (!episode.isOpen() && episode.cooling() != Episode.NEVER && now >= episode.cooling()) {
      episode = episode.cooled();
    }
    if (episode.isOpen()) {
      return passedOpen(rule, episode);
    }
    if (!episode.holds()) {
      return episode.withDeadline(Long.MAX_VALUE);
    }
    if (episode.since() < watchingSince) {
      episode = episode.holding(watchingSince, episode.window(), episode.value());
    }
    long hold = rule.hold().toMillis();
    hold += rule.silence() == null ? 0 : rule.silence().toMillis();
    long due = Math.max(episode.since() + hold, episode.cooling());
    if (now < due) {
      return episode.withDeadline(due);
    }
    if (rule.silence() != null
        && rule.atLeast() != null
        && !Judgement.reaches(parts, rule.atLeast())) {
      return episode.withDeadline(Long.MAX_VALUE);
    }
    BigDecimal value = rule.silence() == null ? episode.value() : BigDecimal.ZERO;
    long number = Math.max(episode.number(), numbersAbove) + 1;
    Alert raised = Telling.raised(rule, dimension, key, number, value, now, rulesVersion);
    return tell(episode, raised, rule).withDeadline(Long.MAX_VALUE);
  }

  private Episode passedOpen(Rule rule, Episode episode) {
    long settled = episode.isSettling() ? episode.settling() : Long.MAX_VALUE;
    if (episode.worst() == null) {
      return episode.withDeadline(settled);
    }
    long due = episode.toldAt() + rule.cooldown().toMillis();
    if (now < due) {
      return episode.withDeadline(Math.min(due, settled));
    }
    Alert updated = Telling.updated(rule, episode, now, rulesVersion);
    say(updated);
    return episode
        .told(updated, episode.cooling(), now)
        .settling(episode.settling())
        .withDeadline(settled);
  }

  private Episode tell(Episode episode, Alert raised, Rule rule) {
    say(raised);
    return episode.told(raised, now + rule.cooldown().toMillis(), now);
  }

  private Episode resolve(Episode episode, BigDecimal value, String reason) {
    Alert resolved = Telling.resolved(episode, value, reason, now, rulesVersion);
    say(resolved);
    return episode.told(resolved, episode.cooling(), now);
  }

  /** Forgets the window and what was usual, if nobody waits for anything. */
  void forget() {
    for (Episode episode : episodes.list()) {
      if (episode.isOpen() || episode.deadline() != Long.MAX_VALUE) {
        return;
      }
    }
    dropWindow();
    for (int i = 0; i < episodes.size(); i++) {
      episodes.put(i, episodes.get(i).calm());
    }
    episodes.tidy();
  }

  private void dropWindow() {
    parts = Parts.NONE;
    pasts = KeyMemory.NO_PAST;
    windowStart = KeyMemory.NO_WINDOW;
    windowEnd = KeyMemory.NO_WINDOW;
  }

  /**
   * Takes a word read back as said.
   *
   * @return whether it was news
   */
  boolean adopt(Alert read) {
    if (!AlertIds.belongs(read)) {
      return false;
    }
    long number = AlertIds.number(read.alertId());
    int index = plan.indexOf(read.ruleId());
    int at = episodes.indexOf(read.ruleId());
    Episode episode = at < 0 ? Episode.fresh(read.ruleId(), 0, 0) : episodes.get(at);
    if (number < episode.number()
        || (number == episode.number() && Adoption.isKnown(episode, read))) {
      return false;
    }
    Rule rule = index < 0 ? null : plan.rules[index];
    boolean send = rule != null && !read.shadow() && read.webhook() == null;
    Alert told = send ? read.withWebhook(rule.webhook()) : read;
    boolean ahead = told.rulesVersion() > rulesVersion;
    episodes.put(
        at,
        ahead || rule == null
            ? Adoption.of(told, null, 0, windowStart, now)
            : Adoption.of(told, rule, plan.marks[index], windowStart, now));
    say(told);
    return true;
  }

  private Episode fresh(int rule) {
    return Episode.fresh(plan.rules[rule].ruleId(), plan.marks[rule], 0);
  }

  /** The place of a rule's episode, with the rule's mark on it; -1 if it has none. */
  private int find(int rule) {
    int at = episodes.indexOf(plan.rules[rule].ruleId());
    if (at >= 0 && episodes.get(at).mark() != plan.marks[rule] && episodes.get(at).isIdle()) {
      episodes.put(at, episodes.get(at).withMark(plan.marks[rule]));
    }
    return at;
  }

  private void say(Alert alert) {
    if (alerts.isEmpty()) {
      alerts = new ArrayList<>(2);
    }
    alerts.add(alert);
  }
}
