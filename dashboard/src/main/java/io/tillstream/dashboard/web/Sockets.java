package io.tillstream.dashboard.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import io.javalin.websocket.WsMessageContext;
import io.tillstream.dashboard.live.Broadcaster;
import io.tillstream.dashboard.live.Link;
import io.tillstream.dashboard.view.Answers;
import io.tillstream.dashboard.view.JsonText;
import io.tillstream.dashboard.view.Watched;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** The WebSocket: a snapshot, then changes; the page may say what it watches besides. */
final class Sockets {
  static final int MOST_CLIENTS = 1_000;
  static final int LONGEST_MESSAGE = 4_096;
  private static final int LONGEST_KEY = 512;
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final long PING_SECONDS = 15;
  private static final int TRY_AGAIN_LATER = 1013;
  private static final int GOING_AWAY = 1001;

  private final Broadcaster broadcaster;
  private final Map<String, JettyLink> links = new ConcurrentHashMap<>();

  Sockets(Broadcaster broadcaster) {
    this.broadcaster = broadcaster;
  }

  /** Sends without waiting; answers to mistakes go the same way, one at a time. */
  private record JettyLink(Session session, AtomicBoolean scolding) implements Link {
    @Override
    public void send(String text, Runnable done) {
      session.sendText(text, Callback.from(done, failure -> done.run()));
    }

    @Override
    public void close(String reason) {
      session.close(GOING_AWAY, reason, Callback.NOOP);
      session.disconnect();
    }

    /** Who sends rubbish faster than it takes answers gets fewer answers. */
    void scold(String text) {
      if (scolding.compareAndSet(false, true)) {
        session.sendText(
            text, Callback.from(() -> scolding.set(false), failure -> scolding.set(false)));
      }
    }
  }

  void configure(WsConfig socket) {
    socket.onConnect(
        client -> {
          if (links.size() >= MOST_CLIENTS) {
            client.closeSession(TRY_AGAIN_LATER, "too many clients");
            return;
          }
          client.session.setIdleTimeout(IDLE);
          client.session.setMaxTextMessageSize(LONGEST_MESSAGE);
          client.session.setMaxBinaryMessageSize(LONGEST_MESSAGE);
          client.enableAutomaticPings(PING_SECONDS, TimeUnit.SECONDS);
          JettyLink link = new JettyLink(client.session, new AtomicBoolean());
          links.put(client.sessionId(), link);
          broadcaster.join(link);
        });
    socket.onMessage(this::heed);
    socket.onBinaryMessage(client -> scold(client, "only texts are understood here"));
    socket.onClose(this::forget);
    socket.onError(this::forget);
  }

  private void forget(WsContext client) {
    client.disableAutomaticPings();
    JettyLink link = links.remove(client.sessionId());
    if (link != null) {
      broadcaster.leave(link);
    }
  }

  private void heed(WsMessageContext client) {
    JsonNode tree = JsonText.tree(client.message().getBytes(StandardCharsets.UTF_8));
    JettyLink link = links.get(client.sessionId());
    if (link == null) {
      return;
    }
    if (tree == null || !tree.isObject() || !tree.has("watch")) {
      scold(client, "a message must be a JSON object with the field watch");
      return;
    }
    JsonNode watch = tree.get("watch");
    if (watch.isNull()) {
      broadcaster.watch(link, null);
      return;
    }
    String dimension = watch.path("dimension").asText("");
    String key = watch.path("key").asText("");
    if (!Answers.isDimension(dimension)) {
      scold(client, "watch.dimension must be one of shop, category, segment, product");
    } else if (key.isEmpty() || key.length() > LONGEST_KEY) {
      scold(client, "watch.key must have from 1 to " + LONGEST_KEY + " characters");
    } else {
      broadcaster.watch(link, new Watched(dimension, key));
    }
  }

  private void scold(WsContext client, String error) {
    JettyLink link = links.get(client.sessionId());
    if (link != null) {
      link.scold(
          JsonNodeFactory.instance
              .objectNode()
              .put("type", "error")
              .put("error", error)
              .toString());
    }
  }
}
