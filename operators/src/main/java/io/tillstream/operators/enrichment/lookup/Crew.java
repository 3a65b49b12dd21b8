package io.tillstream.operators.enrichment.lookup;

import java.util.ArrayList;
import java.util.List;

/** The threads of a service: daemons that end when they are interrupted. */
final class Crew {
  private static final long PATIENCE_MS = 1_000;

  private final List<Thread> threads = new ArrayList<>();

  void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(Crew.class.getClassLoader());
    threads.add(thread);
    thread.start();
  }

  void interrupt() {
    for (Thread thread : threads) {
      thread.interrupt();
    }
  }

  /** Waits for their end, for each a second at most. */
  void join() {
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join(PATIENCE_MS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
