package io.tillstream.routing.alert;

import java.util.ArrayList;
import java.util.List;

/** The episodes of one key while they are looked at: a copy as soon as one of them changes. */
final class Episodes {
  private final List<Episode> before;
  private List<Episode> now;

  Episodes(List<Episode> before) {
    this.before = before;
    this.now = before;
  }

  List<Episode> list() {
    return now;
  }

  boolean changed() {
    return now != before;
  }

  boolean isEmpty() {
    return now.isEmpty();
  }

  int size() {
    return now.size();
  }

  Episode get(int at) {
    return now.get(at);
  }

  /** The place of a rule's episode; -1 if it has none. */
  int indexOf(String ruleId) {
    for (int i = 0; i < now.size(); i++) {
      if (now.get(i).ruleId().equals(ruleId)) {
        return i;
      }
    }
    return -1;
  }

  /** Puts one at its place, or at the end if that is -1. */
  void put(int at, Episode episode) {
    if (at < 0) {
      own().add(episode);
    } else if (!now.get(at).equals(episode)) {
      own().set(at, episode);
    }
  }

  /** Drops what remembers nothing. */
  void tidy() {
    for (int i = now.size() - 1; i >= 0; i--) {
      if (now.get(i).isIdle() && now.get(i).number() == 0) {
        own().remove(i);
      }
    }
  }

  private List<Episode> own() {
    if (now == before) {
      now = new ArrayList<>(before);
    }
    return now;
  }
}
