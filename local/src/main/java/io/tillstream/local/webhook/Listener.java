package io.tillstream.local.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tillstream.local.process.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Receives webhooks on loopback. A good message is answered with the status asked for, a bad one
 * with 401; both are shown.
 */
public final class Listener implements AutoCloseable {
  private static final int MOST_BYTES = 1 << 20;
  private static final int THREADS = 8;
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_LARGE = 413;
  private static final int WRONG_METHOD = 405;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Verifier verifier;
  private final int status;
  private final Clock clock;
  private final Consumer<Post> shown;
  private final Tally tally = new Tally();

  /**
   * Listens at once.
   *
   * @param port 0 for any free one
   * @param status what good messages are answered with
   * @param shown is told each message, one at a time
   * @throws StackException if the port is taken
   */
  public Listener(int port, Verifier verifier, int status, Clock clock, Consumer<Post> shown) {
    this.verifier = verifier;
    this.status = status;
    this.clock = clock;
    this.shown = shown;
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
    } catch (IOException e) {
      throw new StackException("cannot listen on port " + port + ": " + e.getMessage(), e);
    }
    threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "webhook-listener");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  /** Where to send to. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(WRONG_METHOD, -1);
        return;
      }
      byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
      if (body.length > MOST_BYTES) {
        exchange.sendResponseHeaders(TOO_LARGE, -1);
        return;
      }
      Map<String, List<String>> headers = new HashMap<>();
      for (String name : Verifier.HEADERS) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
          headers.put(name, List.of(value));
        }
      }
      exchange.sendResponseHeaders(take(headers, body), -1);
    }
  }

  // Shown before it is answered: who has the answer knows that it was shown.
  private synchronized int take(Map<String, List<String>> headers, byte[] body) {
    String complaint = verifier.complaint(headers, body);
    String id = headers.getOrDefault("webhook-id", List.of("")).get(0);
    int answer = complaint == null ? status : UNAUTHORIZED;
    int times = tally.count(id, complaint == null);
    shown.accept(new Post(clock.instant(), id, times, complaint, answer, body));
    return answer;
  }

  /** What came so far, in one line. */
  public String summary() {
    return tally.summary();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
