package io.tillstream.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tillstream.local.layout.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Takes webhooks of raised alerts, notes when each arrived, and answers 204 to all. */
final class WebhookReceiver implements AutoCloseable {
  private static final String PATH = "/alerts";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Webhook webhook;
  private final String prefix;
  private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
  private final Set<String> ids = ConcurrentHashMap.newKeySet();
  private final AtomicLong repeated = new AtomicLong();
  private final AtomicLong unsigned = new AtomicLong();

  /**
   * Listens on any free port of the loopback interface.
   *
   * @param secret {@code whsec_…}
   * @param prefix of the keys whose alerts are of interest; others are only answered
   */
  WebhookReceiver(String secret, String prefix) throws IOException {
    this.webhook = new Webhook(secret);
    this.prefix = prefix;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext(PATH, this::take);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
  }

  /** Milliseconds since 1970 at which the first webhook of an alert arrived, by the alert's key. */
  Map<String, Long> arrivals() {
    return arrivals;
  }

  long repeated() {
    return repeated.get();
  }

  long unsigned() {
    return unsigned.get();
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    long now = System.currentTimeMillis();
    note(body, exchange.getRequestHeaders(), now);
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private void note(byte[] body, Headers headers, long now) throws IOException {
    JsonNode alert = Json.MAPPER.readTree(body);
    String key = alert.path("key").asText();
    if (!key.startsWith(prefix) || !alert.path("status").asText().equals("raised")) {
      return;
    }
    try {
      Map<String, List<String>> lowerCase = new HashMap<>();
      headers.forEach((name, values) -> lowerCase.put(name.toLowerCase(Locale.ROOT), values));
      webhook.verify(new String(body, StandardCharsets.UTF_8), lowerCase);
    } catch (WebhookVerificationException e) {
      unsigned.incrementAndGet();
    }
    if (!ids.add(String.valueOf(headers.getFirst("webhook-id")))) {
      repeated.incrementAndGet();
    }
    arrivals.putIfAbsent(key, now);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
