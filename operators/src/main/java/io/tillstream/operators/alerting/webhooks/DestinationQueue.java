package io.tillstream.operators.alerting.webhooks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What waits for one destination. What belongs to one alert leaves in the order it came in, one at
 * a time: a receiver never hears that an alert is over before it heard of it. Different alerts
 * overtake each other. Pure: whoever holds it sends.
 */
final class DestinationQueue {
  private final int most;
  private final int mostInFlight;
  private final Map<String, ArrayDeque<Pending>> lanes = new LinkedHashMap<>();
  private final Set<String> inFlight = new HashSet<>(); // alerts: the first of each is on its way
  private int size; // in flight included
  private long pausedUntil = Long.MIN_VALUE;

  DestinationQueue(int most, int mostInFlight) {
    this.most = most;
    this.mostInFlight = mostInFlight;
  }

  /** How many wait or are in flight. */
  int size() {
    return size;
  }

  int inFlight() {
    return inFlight.size();
  }

  boolean isFull() {
    return size >= most;
  }

  /** Whether this very webhook waits already. */
  boolean holds(Delivery delivery) {
    ArrayDeque<Pending> lane = lanes.get(delivery.alertId());
    return lane != null
        && lane.stream()
            .anyMatch(other -> other.delivery().webhookId().equals(delivery.webhookId()));
  }

  void add(Pending pending) {
    lanes.computeIfAbsent(pending.delivery().alertId(), alert -> new ArrayDeque<>()).add(pending);
    size++;
  }

  /** Nothing leaves before then. */
  void pause(long until) {
    pausedUntil = Math.max(pausedUntil, until);
  }

  /** Forgets that the receiver asked to wait. */
  void resume() {
    pausedUntil = Long.MIN_VALUE;
  }

  /** Takes those that may leave now: each is in flight until it is {@link #back}. */
  List<Pending> leaving(long now) {
    List<Pending> leaving = new ArrayList<>();
    if (now < pausedUntil) {
      return leaving;
    }
    Iterator<Map.Entry<String, ArrayDeque<Pending>>> each = lanes.entrySet().iterator();
    while (each.hasNext() && inFlight.size() < mostInFlight) {
      Map.Entry<String, ArrayDeque<Pending>> lane = each.next();
      Pending first = lane.getValue().peekFirst();
      if (first.dueAt() <= now && !inFlight.contains(lane.getKey())) {
        inFlight.add(lane.getKey());
        leaving.add(first);
      }
    }
    return leaving;
  }

  /**
   * One that left has an answer.
   *
   * @param next what waits in its place, or null if it is done with
   */
  void back(Pending left, Pending next) {
    String alert = left.delivery().alertId();
    inFlight.remove(alert);
    ArrayDeque<Pending> lane = lanes.get(alert);
    lane.removeFirst();
    if (next != null) {
      lane.addFirst(next);
      return;
    }
    size--;
    lanes.remove(alert);
    if (!lane.isEmpty()) {
      lanes.put(alert, lane); // at the end: no alert keeps others waiting
    }
  }

  /** Takes out all that are not in flight. */
  List<Pending> removeWaiting() {
    List<Pending> removed = new ArrayList<>();
    Iterator<Map.Entry<String, ArrayDeque<Pending>>> each = lanes.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<String, ArrayDeque<Pending>> lane = each.next();
      Pending first = inFlight.contains(lane.getKey()) ? lane.getValue().removeFirst() : null;
      removed.addAll(lane.getValue());
      lane.getValue().clear();
      if (first == null) {
        each.remove();
      } else {
        lane.getValue().add(first);
      }
    }
    size -= removed.size();
    return removed;
  }

  /** All of them, in an order in which they may be put in again. */
  List<Pending> all() {
    return lanes.values().stream().flatMap(Collection::stream).toList();
  }

  /** How many wait for an attempt after a failed one. */
  int retrying() {
    int count = 0;
    for (ArrayDeque<Pending> lane : lanes.values()) {
      count += lane.peekFirst().failed() > 0 ? 1 : 0; // only the first has been tried
    }
    return count;
  }

  /** Whether any has not been tried yet, or is being tried. */
  boolean hasFirstTries() {
    return !inFlight.isEmpty()
        || lanes.values().stream().anyMatch(lane -> lane.peekFirst().failed() == 0);
  }
}
