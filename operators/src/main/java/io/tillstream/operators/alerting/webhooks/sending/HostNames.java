package io.tillstream.operators.alerting.webhooks.sending;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Looks names up without making anybody wait: each name by a thread of its own, and no name by two.
 * So a name server that hangs holds up only the names it is asked for, by one thread each.
 */
final class HostNames {

  /** Where addresses come from. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] find(String host) throws UnknownHostException;
  }

  /** Who waits for a name's addresses. */
  @FunctionalInterface
  interface Waiter {
    /**
     * The answer.
     *
     * @param found null if there is none
     */
    void answered(InetAddress[] found);
  }

  private final Lookup lookup;
  private final Executor threads;
  private final Map<String, List<Waiter>> waiting = new HashMap<>();

  HostNames(Lookup lookup, Executor threads) {
    this.lookup = lookup;
    this.threads = threads;
  }

  /** Has {@code waiter} told, from another thread. */
  void find(String host, Waiter waiter) {
    synchronized (waiting) {
      List<Waiter> others = waiting.get(host);
      if (others != null) {
        others.add(waiter);
        return;
      }
      List<Waiter> first = new ArrayList<>();
      first.add(waiter);
      waiting.put(host, first);
    }
    threads.execute(() -> ask(host));
  }

  private void ask(String host) {
    InetAddress[] found = null;
    try {
      found = lookup.find(host);
    } catch (UnknownHostException e) {
      found = null; // that is the answer
    } finally {
      List<Waiter> all;
      synchronized (waiting) {
        all = waiting.remove(host);
      }
      for (Waiter waiter : all) {
        waiter.answered(found);
      }
    }
  }
}
