package io.tillstream.dashboard.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import io.tillstream.dashboard.live.Board;
import io.tillstream.dashboard.live.Broadcaster;
import io.tillstream.dashboard.view.Feed;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the page, the JSON API, the WebSocket, health and metrics. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  static final String TOKEN = "token";
  private static final String COOKIE = "tillstream_dashboard";

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
          + "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'";

  /** What the kernel keeps of what a slow client has not taken: the newest state is kept here. */
  private static final int SEND_BUFFER = 256 << 10;

  private static final long IDLE_MILLIS = 60_000;
  private static final int SESSION_SECONDS = 60;

  private final Board board;
  private final Guard guard;
  private final Pages pages = new Pages();
  private final Metrics metrics;
  private final Javalin javalin;
  private volatile String cookie = COOKIE;

  /**
   * A server; {@link #start} makes it listen.
   *
   * @param token null if everybody may see everything
   * @param loopback whether it will listen on this machine only
   */
  public WebServer(
      Board board,
      Broadcaster broadcaster,
      Metrics metrics,
      Clock clock,
      String token,
      boolean loopback) {
    this.board = board;
    this.metrics = metrics;
    this.guard = new Guard(token, loopback);
    Sockets sockets = new Sockets(broadcaster);
    Api api = new Api(board, clock);
    this.javalin =
        Javalin.create(
            config -> {
              web(config);
              config.routes.before(this::admit);
              config.routes.wsBeforeUpgrade(this::admitSocket);
              config.routes.get("/healthz", this::health);
              config.routes.get("/metrics", this::metrics);
              config.routes.ws("/ws", sockets::configure);
              api.addTo(config);
              config.routes.get("/", request -> page(request, ""));
              config.routes.get("/<path>", request -> page(request, request.pathParam("path")));
              config.routes.exception(
                  Parameters.WrongException.class,
                  (wrong, request) -> refuse(request, HttpStatus.BAD_REQUEST, wrong.getMessage()));
              config.routes.exception(
                  RefusedException.class,
                  (refused, request) -> refuse(request, refused.status, refused.getMessage()));
              config.routes.exception(Exception.class, WebServer::failed);
            });
  }

  private static void web(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.maxRequestSize = 4_096;
    config.jetty.threadPool = new QueuedThreadPool(32, 4, 60_000);
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setSendDateHeader(false);
        });
    // The library makes a session for each WebSocket; nothing here has a use for one.
    config.jetty.modifyServletContextHandler(
        handler -> {
          handler.getSessionHandler().setUsingCookies(false);
          handler.getSessionHandler().setMaxInactiveInterval(SESSION_SECONDS);
        });
    config.jetty.modifyWebSocketServletFactory(
        factory -> factory.setMaxTextMessageSize(Sockets.LONGEST_MESSAGE));
  }

  /** Not let in. */
  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient HttpStatus status;

    RefusedException(HttpStatus status, String message) {
      super(message);
      this.status = status;
    }
  }

  /**
   * Listens from now on.
   *
   * @param port 0 for any that is free
   * @return the port
   * @throws IOException if it cannot
   */
  public int start(String host, int port) throws IOException {
    try {
      javalin.start(host, port);
    } catch (RuntimeException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new IOException(
          "cannot listen at " + host + " port " + port + ": " + cause.getMessage(), e);
    }
    for (Connector connector : javalin.jettyServer().server().getConnectors()) {
      if (connector instanceof ServerConnector listening) {
        listening.setAcceptedSendBufferSize(SEND_BUFFER);
        listening.setIdleTimeout(IDLE_MILLIS);
      }
    }
    cookie = COOKIE + "_" + javalin.port(); // cookies do not tell ports apart
    return javalin.port();
  }

  private void admit(Context request) {
    request.header("Content-Security-Policy", POLICY);
    request.header("X-Content-Type-Options", "nosniff");
    request.header("Referrer-Policy", "no-referrer");
    request.header("X-Frame-Options", "DENY");
    request.header("Cross-Origin-Resource-Policy", "same-origin");
    request.header("Cross-Origin-Opener-Policy", "same-origin");
    request.header("Cache-Control", "no-store");
    if (!guard.isOurs(request.header("Host"))) {
      throw new RefusedException(
          HttpStatus.MISDIRECTED_REQUEST, "this server answers to localhost only");
    }
    if (!request.path().equals("/healthz")) {
      askForToken(request);
    }
  }

  private void askForToken(Context request) {
    if (!guard.asksForToken()) {
      return;
    }
    String shown = request.queryParam(TOKEN);
    if (!guard.admits(request.header("Authorization"), shown, request.cookie(cookie))) {
      request.header("WWW-Authenticate", "Bearer realm=\"tillstream\"");
      throw new RefusedException(
          HttpStatus.UNAUTHORIZED, "a token is needed: Authorization: Bearer …, or ?token=…");
    }
    if (shown != null && guard.isToken(shown)) {
      Cookie kept = new Cookie(cookie, guard.cookieValue());
      kept.setPath("/");
      kept.setHttpOnly(true);
      kept.setSameSite(SameSite.STRICT);
      request.cookie(kept);
    }
  }

  private void admitSocket(Context request) {
    if (!guard.isOurs(request.header("Host"))) {
      throw new RefusedException(
          HttpStatus.MISDIRECTED_REQUEST, "this server answers to localhost only");
    }
    if (!Guard.sameOrigin(request.header("Origin"), request.header("Host"))) {
      throw new RefusedException(HttpStatus.FORBIDDEN, "pages of other hosts may not connect");
    }
    askForToken(request);
  }

  private static void refuse(Context request, HttpStatus status, String error) {
    request.status(status);
    request.contentType("application/json");
    request.result(JsonNodeFactory.instance.objectNode().put("error", error).toString());
  }

  private static void failed(Exception failure, Context request) {
    LOG.error("no answer to " + request.path(), failure);
    refuse(request, HttpStatus.INTERNAL_SERVER_ERROR, "the server failed at this; see its log");
  }

  private void health(Context request) {
    Feed feed = board.feed();
    request.status(feed.healthy() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    request.contentType("application/json");
    request.result(
        JsonNodeFactory.instance
            .objectNode()
            .put("status", feed.healthy() ? "ok" : "unavailable")
            .put("reason", feed.trouble())
            .put("connected", feed.connected())
            .put("caught_up", feed.caughtUp())
            .put("behind", feed.behind())
            .put("lag_records", feed.lagRecords())
            .toString());
  }

  private void metrics(Context request) {
    request.contentType(Metrics.CONTENT_TYPE);
    request.result(metrics.text());
  }

  private void page(Context request, String path) {
    Optional<Pages.Page> found = pages.find(path);
    if (found.isEmpty()) {
      refuse(request, HttpStatus.NOT_FOUND, "there is nothing at this address");
      return;
    }
    if (path.isEmpty() && guard.asksForToken() && request.queryParam(TOKEN) != null) {
      request.redirect("/", HttpStatus.SEE_OTHER); // out of the address bar and the history
      return;
    }
    Pages.Page page = found.get();
    request.header("Cache-Control", "no-cache");
    request.header("ETag", page.tag());
    request.header("Vary", "Accept-Encoding");
    String known = request.header("If-None-Match");
    if (known != null && known.contains(page.tag())) {
      request.status(HttpStatus.NOT_MODIFIED);
      return;
    }
    request.contentType(page.type());
    String encodings = request.header("Accept-Encoding");
    if (page.zipped() != null && encodings != null && encodings.contains("gzip")) {
      request.header("Content-Encoding", "gzip");
      request.result(page.zipped());
    } else {
      request.result(page.bytes());
    }
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
