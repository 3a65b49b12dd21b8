package io.tillstream.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tillstream.local.layout.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Somebody who is told of alerts, and keeps all they were told. Verifies signatures by what the
 * Standard Webhooks specification says, with no code of the sender's.
 */
final class WebhookReceiver implements AutoCloseable {
  /**
   * What came.
   *
   * @param id the {@code webhook-id}
   * @param signed whether one of its signatures is right
   * @param body the alert
   */
  record Told(String id, boolean signed, JsonNode body) {
    /** Of which product, category, segment or shop. */
    String key() {
      return body.path("key").asText();
    }

    String status() {
      return body.path("status").asText();
    }
  }

  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final byte[] secret;
  private final HttpServer server;

  private WebhookReceiver(byte[] secret) throws IOException {
    this.secret = secret;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  /** A receiver that knows the secret of that stack. */
  static WebhookReceiver open(Path secrets) throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(secrets)) {
      properties.load(in);
    }
    String secret = properties.getProperty("*").split(" ")[0];
    return new WebhookReceiver(Base64.getDecoder().decode(secret.substring("whsec_".length())));
  }

  /** Where it listens. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/alerts";
  }

  /** Everything so far, in the order it came. */
  List<Told> told() {
    return List.copyOf(told);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String id = exchange.getRequestHeaders().getFirst("webhook-id");
      String at = exchange.getRequestHeaders().getFirst("webhook-timestamp");
      String signatures = exchange.getRequestHeaders().getFirst("webhook-signature");
      boolean signed = List.of(signatures.split(" ")).contains("v1," + sign(id, at, body));
      told.add(new Told(id, signed, Json.MAPPER.readTree(body)));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private String sign(String id, String at, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      mac.update((id + "." + at + ".").getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
