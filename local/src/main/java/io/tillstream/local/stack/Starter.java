package io.tillstream.local.stack;

import io.tillstream.local.process.StackException;
import io.tillstream.local.server.Server;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Starts several servers at once and waits for all; the first failure ends the waiting. */
final class Starter {
  private Starter() {}

  static void startAll(List<Server> servers, Consumer<String> progress, Consumer<Server> then) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            servers.size(),
            work -> {
              Thread thread = new Thread(work, "start");
              thread.setDaemon(true);
              return thread;
            });
    try {
      CompletionService<Void> starts = new ExecutorCompletionService<>(threads);
      for (Server server : servers) {
        starts.submit(
            () -> {
              start(server, progress, then);
              return null;
            });
      }
      for (int done = 0; done < servers.size(); done++) {
        starts.take().get();
      }
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof StackException one) {
        throw one;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while starting", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void start(Server server, Consumer<String> progress, Consumer<Server> then) {
    long began = System.nanoTime();
    server.awaitServing(server.launch());
    then.accept(server);
    progress.accept(
        String.format("%s serves after %.1f s", server.name(), (System.nanoTime() - began) / 1e9));
  }
}
