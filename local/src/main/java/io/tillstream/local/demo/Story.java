package io.tillstream.local.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the demo plays, over and over: acts of a certain length, each with what happens and what to
 * watch for. Pure: {@link #at} says what is on at a moment.
 */
final class Story {
  /** What is done to the stack when an act begins. */
  enum Deed {
    NOTHING,
    KILL_REDIS,
    START_REDIS
  }

  /**
   * One act.
   *
   * @param title and {@code watch}: {@code %s} is the product's name
   * @param sale events about the product, as a share of the usual rate
   * @param stockBegin of the product when the act begins; falls or rises evenly
   * @param stockEnd of the product when it ends
   */
  record Act(
      String title,
      Duration length,
      Deed deed,
      double sale,
      int stockBegin,
      int stockEnd,
      List<String> watch) {}

  /**
   * What is on.
   *
   * @param round counts from 0; each has another product
   * @param number of the act, from 0
   * @param into how long the act has been on
   */
  record Scene(long round, int number, Act act, Duration into) {
    Duration left() {
      return act.length().minus(into);
    }

    /** What is left of the product now. */
    int stock() {
      double share = (double) into.toMillis() / act.length().toMillis();
      return (int) Math.round(act.stockBegin() + share * (act.stockEnd() - act.stockBegin()));
    }
  }

  private final List<Act> acts;
  private final Duration length;

  Story(List<Act> acts) {
    this.acts = List.copyOf(acts);
    this.length = acts.stream().map(Act::length).reduce(Duration.ZERO, Duration::plus);
    if (length.isZero()) {
      throw new IllegalArgumentException("a story needs an act of some length");
    }
  }

  /** The one that the demo plays. */
  static Story ofAShop() {
    return new Story(
        List.of(
            act(
                "Steady traffic",
                40,
                Deed.NOTHING,
                0,
                60,
                60,
                "Revenue, orders and conversion move each second, and every agent in the picture is"
                    + " running.",
                "A cart left alone is abandoned, here after 2 minutes instead of 30.",
                "The ledger: each record is aggregated, a duplicate, late, dead-lettered or still under way."),
            act(
                "A flash sale on %s",
                45,
                Deed.NOTHING,
                0.5,
                60,
                12,
                "It was hardly looked at before: within seconds it climbs in Trending.",
                "Search for it to see its own hour, and its stock melting away."),
            act(
                "%s runs low",
                25,
                Deed.NOTHING,
                0.3,
                9,
                3,
                "Less than ten are left: an alert opens, and the product stands under Low stock."),
            act(
                "%s is refilled",
                25,
                Deed.NOTHING,
                0.1,
                250,
                250,
                "The alert closes by itself once there is more than its clear threshold."),
            act(
                "Redis dies (SIGKILL)",
                30,
                Deed.KILL_REDIS,
                0,
                250,
                250,
                "Within 2 s the arrow behind the router turns to the bypass, and revenue does not"
                    + " stop.",
                "Degraded grows: these lines are counted at once, without their category."),
            act(
                "Redis returns",
                35,
                Deed.START_REDIS,
                0,
                250,
                250,
                "The route tries the primary with a few events, then goes back for good.",
                "Degraded falls to 0: every line gets its category after all.")));
  }

  private static Act act(
      String title, int seconds, Deed deed, double sale, int begin, int end, String... watch) {
    return new Act(title, Duration.ofSeconds(seconds), deed, sale, begin, end, List.of(watch));
  }

  int acts() {
    return acts.size();
  }

  /** What comes after a scene. */
  Act after(Scene scene) {
    return acts.get((scene.number() + 1) % acts.size());
  }

  /** What is on that long after the story began. */
  Scene at(Duration sinceBegin) {
    long round = sinceBegin.toMillis() / length.toMillis();
    Duration into = Duration.ofMillis(sinceBegin.toMillis() % length.toMillis());
    int number = 0;
    while (into.compareTo(acts.get(number).length()) >= 0) {
      into = into.minus(acts.get(number).length());
      number++;
    }
    return new Scene(round, number, acts.get(number), into);
  }

  /** What a person reads about a scene. */
  List<String> words(Scene scene, String product) {
    List<String> words = new ArrayList<>();
    words.add(
        String.format(
            "▶ %d of %d: %s", scene.number() + 1, acts(), named(scene.act().title(), product)));
    scene.act().watch().forEach(watch -> words.add("  " + watch));
    return words;
  }

  /** What comes next, and when. */
  String next(Scene scene, String product) {
    return String.format(
        "  In %d s: %s", scene.left().toSeconds(), named(after(scene).title(), product));
  }

  private static String named(String title, String product) {
    return title.replace("%s", product);
  }
}
