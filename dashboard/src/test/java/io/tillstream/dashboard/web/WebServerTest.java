package io.tillstream.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.dashboard.live.Board;
import io.tillstream.dashboard.live.Broadcaster;
import io.tillstream.dashboard.view.Feed;
import io.tillstream.dashboard.view.JsonText;
import io.tillstream.dashboard.view.Told;
import io.tillstream.dashboard.view.View;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
  private static final String TOKEN = "a-token-of-some-length";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Board board = new Board(View::new);
  private final Broadcaster broadcaster =
      new Broadcaster(board, Clock.systemUTC(), System::nanoTime, 2_000_000_000L);
  private WebServer server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    broadcaster.start();
    listen(null);
  }

  private void listen(String token) throws IOException {
    stopServer();
    Metrics metrics = new Metrics(board, broadcaster, topic -> 1, topic -> 0, Clock.systemUTC());
    server = new WebServer(board, broadcaster, metrics, Clock.systemUTC(), token, true);
    port = server.start("127.0.0.1", 0);
  }

  private void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void stop() {
    stopServer();
    broadcaster.close();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode tree(String json) throws IOException {
    return JsonText.MAPPER.readTree(json);
  }

  // ---- page and its rules ----

  @Test
  void everyAnswerCarriesTheStrictPolicyAndNoOtherHostIsAllowed() throws Exception {
    for (String path : List.of("/", "/api/ledger", "/healthz", "/metrics", "/nowhere")) {
      HttpResponse<String> answer = get(path, "Origin", "http://elsewhere.example");
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .isEqualTo(
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                  + "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; "
                  + "frame-ancestors 'none'");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
      assertThat(answer.headers().map()).doesNotContainKey("server");
    }
  }

  @Test
  void thePageIsKeptUntilItChanges() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    String tag = page.headers().firstValue("ETag").orElseThrow();
    assertThat(get("/", "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(get("/index.html").headers().firstValue("ETag")).contains(tag);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../View.class",
        "/..%2f..%2fview/View.class",
        "/assets/../../Dashboard.class",
        "/%2e%2e/Dashboard.class",
        "/./index.html",
        "//index.html",
        "/assets//index.html",
        "/.hidden",
        "/index.html%00.js",
        "/..;/index.html",
      })
  void noPathLeadsOutOfThePage(String path) throws Exception {
    String answer =
        raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 4.*").doesNotContain("CAFEBABE");
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:PORT,200",
    "127.0.0.1:PORT,200",
    "127.0.0.1,200",
    "[::1]:PORT,200",
    "shop.localhost,200",
    "rebound.example,421",
    "rebound.example:PORT,421",
    "127.0.0.1.rebound.example,421",
    "localhost.rebound.example,421",
  })
  void onThisMachineOnlyItsNamesAreAnswered(String host, int status) throws Exception {
    String name = host.replace("PORT", String.valueOf(port));
    String answer =
        raw("GET /api/ledger HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 " + status);
  }

  // ---- token ----

  @Test
  void withATokenOnlyHealthIsForEverybody() throws Exception {
    listen(TOKEN);
    for (String path : List.of("/", "/api/ledger", "/metrics", "/nowhere", "/index.html")) {
      HttpResponse<String> refused = get(path);
      assertThat(refused.statusCode()).as(path).isEqualTo(401);
      assertThat(refused.body()).contains("a token is needed");
    }
    assertThat(get("/healthz").statusCode()).isEqualTo(503);
    assertThat(get("/api/ledger", "Authorization", "Bearer " + TOKEN).statusCode()).isEqualTo(200);
    assertThat(get("/api/ledger", "Authorization", "Bearer x" + TOKEN).statusCode()).isEqualTo(401);
    assertThat(get("/api/ledger", "Authorization", "Basic " + TOKEN).statusCode()).isEqualTo(401);
    assertThat(get("/api/ledger?token=" + TOKEN).statusCode()).isEqualTo(200);
    assertThat(get("/api/ledger?token=wrong").statusCode()).isEqualTo(401);
    assertThatThrownBy(() -> open(null)).hasCauseInstanceOf(WebSocketHandshakeException.class);
  }

  @Test
  void theTokenIsShownOnceAndACookieKeptInstead() throws Exception {
    listen(TOKEN);
    HttpResponse<String> shown = get("/?token=" + TOKEN);
    assertThat(shown.statusCode()).isEqualTo(303);
    assertThat(shown.headers().firstValue("Location").orElse("")).doesNotContain(TOKEN);
    String cookie = shown.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").doesNotContain(TOKEN);
    String kept = cookie.substring(0, cookie.indexOf(';'));
    assertThat(get("/", "Cookie", kept).statusCode()).isEqualTo(200);
    assertThat(get("/", "Cookie", kept + "0").statusCode()).isEqualTo(401);
  }

  // ---- API ----

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/metrics?limit=0|limit must be from 1 to 1000, was 0",
        "/api/metrics?limit=1001|limit must be from 1 to 1000, was 1001",
        "/api/metrics?limit=many|limit must be from 1 to 1000, was many",
        "/api/metrics?dimension=shoe|dimension must be one of shop, category, segment, product, was shoe",
        "/api/metrics?from=yesterday|from must be an instant such as 2026-11-24T04:00:00Z, was yesterday",
        "/api/metrics?from=2026-11-24T04:00:00Z&to=2026-11-23T04:00:00Z|from must not be later than to",
        "/api/metrics?frm=1|there is no parameter frm here",
        "/api/alerts?status=closed|status must be one of open, all, was closed",
        "/api/alerts?limit=501|limit must be from 1 to 500, was 501",
        "/api/products?limit=-1|limit must be from 1 to 100, was -1",
        "/api/ledger?limit=1|there is no parameter limit here",
      })
  void aWrongParameterIsNamedWithItsBound(String path, String error) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(tree(answer.body()).path("error").asText()).isEqualTo(error);
  }

  @Test
  void rowsAreAnsweredJoinedAndSelected() throws Exception {
    board.apply(
        List.of(
            Told.shop(0, 1, 10, "2026-11-24T04:00:01Z"),
            Told.shop(1, 1, 20, "2026-11-24T04:00:01Z"),
            Told.row("shop", "all", 1, 1, "'views':5,'aggregator':'backup'"),
            Told.row("category", "shoes", 1, 1, "'views':3")));
    JsonNode all = tree(get("/api/metrics").body()).path("rows");
    assertThat(all).hasSize(3);
    assertThat(all.path(0).path("views").asLong()).isEqualTo(25);
    JsonNode one =
        tree(
            get("/api/metrics?dimension=shop&key=all&from=2026-11-24T04:00:00Z&to="
                    + (Told.START + 60_000))
                .body());
    assertThat(one.path("rows")).hasSize(1);
    assertThat(tree(get("/api/metrics?limit=1&dimension=").body()).path("rows")).hasSize(1);
    assertThat(tree(get("/api/metrics?key=nobody").body()).path("rows")).isEmpty();
  }

  @Test
  void everyAddressOfTheContractAnswersBeforeAnythingCame() throws Exception {
    assertThat(get("/api/trending").body()).isEqualTo("{\"window_end\":null,\"items\":[]}");
    assertThat(get("/api/alerts").body()).isEqualTo("{\"alerts\":[]}");
    assertThat(get("/api/agents").body()).isEqualTo("{\"agents\":[]}");
    assertThat(get("/api/routes").body()).contains("\"route\":\"enrichment\"");
    assertThat(get("/api/ledger").body()).contains("\"balanced\":true");
    assertThat(get("/api/metrics").body()).isEqualTo("{\"rows\":[]}");
    assertThat(get("/api/products?query=x").body()).isEqualTo("{\"products\":[]}");
    assertThat(get("/api/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void healthIsWhetherItFollowsItsTopicsNotHowOldEventsAre() throws Exception {
    HttpResponse<String> before = get("/healthz");
    assertThat(before.statusCode()).isEqualTo(503);
    assertThat(before.body()).contains("Kafka does not answer");
    board.feed(new Feed(true, true, false, 0));
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    board.feed(new Feed(true, true, true, 7));
    assertThat(get("/healthz").body()).contains("behind its topics by 7 records");
    board.feed(new Feed(true, false, true, 7));
    assertThat(get("/healthz").statusCode()).isEqualTo(503);
  }

  @Test
  void figuresAreInPrometheusFormat() throws Exception {
    board.apply(List.of(Told.alert("one", 1, "raised", "2026-11-24T04:00:00Z")));
    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    assertThat(answer.body())
        .contains("# TYPE tillstream_dashboard_records_total counter")
        .contains("tillstream_dashboard_records_total{topic=\"shop-metrics\"} 1.0")
        .contains("tillstream_alerts_open{severity=\"warning\"} 1.0")
        .contains("tillstream_route_fallback_active{route=\"enrichment\"} 0.0");
    String name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    for (String line : answer.body().split("\n")) {
      assertThat(line)
          .matches("# (HELP|TYPE) " + name + " .*|" + name + "(\\{[^}]*\\})? (NaN|[-+0-9.Ee]+)");
    }
  }

  // ---- WebSocket ----

  private static final class Page implements WebSocket.Listener {
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        texts.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    JsonNode next(String type) throws Exception {
      while (true) {
        String next = texts.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("a text of type " + type + " within ten seconds").isNotNull();
        if (tree(next).path("type").asText().equals(type)) {
          return tree(next);
        }
      }
    }
  }

  private WebSocket open(Page page, String... headers) {
    WebSocket.Builder builder = http.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    return builder
        .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), page == null ? new Page() : page)
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  @Test
  void aPageGetsASnapshotThenChangesAndWhatItWatches() throws Exception {
    Page page = new Page();
    WebSocket socket = open(page);
    assertThat(page.next("snapshot").path("shop")).isEmpty();
    board.apply(List.of(Told.shop(0, 1, 10, "2026-11-24T04:00:01Z")));
    JsonNode row = page.next("changes").path("shop").path(0);
    while (row.isMissingNode()) {
      row = page.next("changes").path("shop").path(0);
    }
    assertThat(row.path("oldest_new_record_at").asText()).isEqualTo("2026-11-24T04:00:01Z");
    board.apply(List.of(Told.stock("SKU1", 0, 1, 7, 1)));
    socket.sendText("{\"watch\":{\"dimension\":\"product\",\"key\":\"SKU1\"}}", true).join();
    assertThat(page.next("view").path("available").asLong()).isEqualTo(7);
    for (String wrong :
        List.of(
            "no json",
            "[]",
            "{\"watch\":{\"dimension\":\"x\"}}",
            "{\"watch\":{\"dimension\":\"shop\"}}")) {
      socket.sendText(wrong, true).join();
      assertThat(page.next("error").path("error").asText()).isNotEmpty().doesNotContain("\n");
    }
    socket.abort();
  }

  @Test
  void aPageOfAnotherHostMayNotConnect() {
    assertThatThrownBy(() -> open(null, "Origin", "http://elsewhere.example"))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
    assertThatThrownBy(() -> open(null, "Origin", "null"))
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
    open(null, "Origin", "http://127.0.0.1:" + port).abort();
  }

  @Test
  void aMessageThatIsTooLongClosesItsOwnConnectionOnly() throws Exception {
    Page good = new Page();
    WebSocket other = open(good);
    good.next("snapshot");
    WebSocket bad = open(null);
    bad.sendText("x".repeat(100_000), true);
    awaitClients(1);
    board.apply(List.of(Told.shop(0, 1, 10, "2026-11-24T04:00:01Z")));
    good.next("changes");
    other.abort();
    awaitClients(0);
  }

  private void awaitClients(int number) {
    long until = System.nanoTime() + 10_000_000_000L;
    while (broadcaster.clients() != number && System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    assertThat(broadcaster.clients()).isEqualTo(number);
  }

  @Test
  void aClientThatReadsNothingIsLetGoAndDelaysNobody() throws Exception {
    try (Socket deaf = new Socket()) {
      deaf.setReceiveBufferSize(4_096);
      deaf.connect(new InetSocketAddress("127.0.0.1", port));
      String upgrade =
          "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
      deaf.getOutputStream().write(upgrade.formatted(port).getBytes(StandardCharsets.US_ASCII));
      Page quick = new Page();
      WebSocket socket = open(quick);
      quick.next("snapshot");
      awaitClients(2);
      long until = System.nanoTime() + 30_000_000_000L;
      int version = 0;
      while (broadcaster.letGo() == 0 && System.nanoTime() < until) {
        version++;
        // Large, so that the kernel's buffers are soon full.
        for (int key = 0; key < 300; key++) {
          board.apply(
              List.of(
                  Told.row("category", "c".repeat(200) + key, 0, version, "'views':" + version)));
        }
        board.apply(List.of(Told.shop(0, version, version, "2026-11-24T04:00:01Z")));
        quick.next("changes");
      }
      assertThat(broadcaster.letGo()).isEqualTo(1);
      assertThat(broadcaster.clients()).isEqualTo(1);
      socket.abort();
    }
  }
}
