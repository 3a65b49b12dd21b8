package io.tillstream.dashboard.web;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.tillstream.dashboard.live.Board;
import io.tillstream.dashboard.rows.Row;
import io.tillstream.dashboard.view.Answers;
import java.time.Clock;
import java.util.function.Function;

/** The JSON addresses. Every parameter is optional; one that is wrong is named. */
final class Api {
  private static final int LONGEST = 512;

  private final Board board;
  private final Clock clock;

  Api(Board board, Clock clock) {
    this.board = board;
    this.clock = clock;
  }

  void addTo(JavalinConfig config) {
    config.routes.get("/api/metrics", this::metrics);
    config.routes.get("/api/trending", request -> plain(request, Answers::trending));
    config.routes.get("/api/alerts", this::alerts);
    config.routes.get("/api/agents", request -> plain(request, a -> a.agents(clock.millis())));
    config.routes.get("/api/routes", request -> plain(request, Answers::routes));
    config.routes.get("/api/ledger", request -> plain(request, Answers::ledger));
    config.routes.get("/api/products", this::products);
  }

  private void metrics(Context request) {
    Parameters asked = new Parameters(request, "dimension", "key", "from", "to", "limit");
    String dimension = asked.word("dimension", Row.SHOP, Row.CATEGORY, Row.SEGMENT, Row.PRODUCT);
    String key = asked.text("key", LONGEST);
    long from = asked.instant("from", Long.MIN_VALUE);
    long to = asked.instant("to", Long.MAX_VALUE);
    int limit = asked.integer("limit", 1, 1_000, 100);
    if (from > to) {
      throw new Parameters.WrongException("from must not be later than to");
    }
    answer(request, answers -> answers.metrics(dimension, key, from, to, limit));
  }

  private void alerts(Context request) {
    Parameters asked = new Parameters(request, "status", "limit");
    boolean open = "open".equals(asked.word("status", "open", "all"));
    int limit = asked.integer("limit", 1, 500, 200);
    answer(request, answers -> answers.alerts(open, limit));
  }

  private void products(Context request) {
    Parameters asked = new Parameters(request, "query", "limit");
    String query = asked.text("query", LONGEST);
    int limit = asked.integer("limit", 1, 100, 20);
    answer(request, answers -> answers.products(query == null ? "" : query, limit));
  }

  private void plain(Context request, Function<Answers, String> question) {
    new Parameters(request);
    answer(request, question);
  }

  private void answer(Context request, Function<Answers, String> question) {
    request.contentType("application/json");
    String json = board.ask(known -> question.apply(known.answers()));
    request.result(json);
  }
}
