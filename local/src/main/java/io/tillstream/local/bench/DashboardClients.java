package io.tillstream.local.bench;

import io.tillstream.local.process.StackException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/** Readers of the dashboard's WebSocket, as many as browsers would be, that do nothing but read. */
final class DashboardClients implements AutoCloseable {
  private static final int SECONDS = 20;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          2,
          work -> {
            Thread thread = new Thread(work, "dashboard-clients");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpClient http = HttpClient.newBuilder().executor(threads).build();
  private final List<WebSocket> sockets = new ArrayList<>();
  private final AtomicReference<String> failure = new AtomicReference<>();
  private final AtomicLong messages = new AtomicLong();
  private final LongConsumer ages;
  private volatile boolean closing;

  /**
   * Connects them all.
   *
   * @param dashboard like {@code http://127.0.0.1:8080}
   * @param ages takes, for each update of a row of the shop and each client, the milliseconds from
   *     the Kafka timestamp of the oldest record in it to its arrival; on any thread
   */
  DashboardClients(String dashboard, int count, LongConsumer ages) {
    this.ages = ages;
    URI address = URI.create(dashboard.replaceFirst("^http", "ws") + "/ws");
    try {
      for (int client = 0; client < count; client++) {
        sockets.add(
            http.newWebSocketBuilder()
                .buildAsync(address, new Reader())
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join());
      }
    } catch (CompletionException e) {
      close();
      throw new StackException("cannot connect to " + address + ": " + e.getCause(), e);
    }
  }

  /** Messages received so far, over all clients. */
  long messages() {
    return messages.get();
  }

  /** Throws one clear line if any client lost its connection. */
  void requireConnected() {
    String why = failure.get();
    if (why != null) {
      throw new StackException("a client of the dashboard lost its connection: " + why);
    }
  }

  @Override
  public void close() {
    closing = true;
    sockets.forEach(WebSocket::abort);
    threads.shutdownNow();
  }

  private final class Reader implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      if (last) {
        long now = System.currentTimeMillis();
        String whole = parts.isEmpty() ? text.toString() : parts.append(text).toString();
        parts.setLength(0);
        messages.incrementAndGet();
        ShopUpdates.in(whole, oldest -> ages.accept(Math.max(0, now - oldest)));
      } else {
        parts.append(text);
      }
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      lost("closed with " + status + " " + reason);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      lost(error.toString());
    }

    private void lost(String why) {
      if (!closing) {
        failure.compareAndSet(null, why);
      }
    }
  }
}
