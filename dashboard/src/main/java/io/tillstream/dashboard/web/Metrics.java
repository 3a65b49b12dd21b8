package io.tillstream.dashboard.web;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tillstream.dashboard.agents.AgentView;
import io.tillstream.dashboard.agents.Ledger;
import io.tillstream.dashboard.agents.RouteView;
import io.tillstream.dashboard.live.Board;
import io.tillstream.dashboard.live.Broadcaster;
import io.tillstream.dashboard.view.Message.Topic;
import io.tillstream.dashboard.view.Vitals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What Prometheus scrapes: the dashboard itself, and the pipeline as its agents describe it. */
public final class Metrics {
  static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;
  private static final List<String> STATES = List.of("running", "completed", "failed", "stale");

  private final Board board;
  private final Clock clock;
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer =
      PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();
  private Vitals vitals; // of the scrape that is going on

  /** All figures of a server. */
  public Metrics(
      Board board,
      Broadcaster broadcaster,
      ToLongFunction<Topic> records,
      ToLongFunction<Topic> rejected,
      Clock clock) {
    this.board = board;
    this.clock = clock;
    own(broadcaster, records, rejected);
    pipeline();
    Machine.register(registry);
  }

  private void own(
      Broadcaster broadcaster, ToLongFunction<Topic> records, ToLongFunction<Topic> rejected) {
    gauge("tillstream_dashboard_clients", "Browsers connected now.", broadcaster::clients);
    counter(
        "tillstream_dashboard_messages_sent_total",
        "Texts sent to browsers.",
        broadcaster::messages);
    counter(
        "tillstream_dashboard_message_bytes_sent_total",
        "Bytes of the texts sent to browsers.",
        broadcaster::bytes);
    counter(
        "tillstream_dashboard_messages_made_total",
        "Texts made; one can go to many browsers.",
        broadcaster::made);
    counter(
        "tillstream_dashboard_clients_dropped_total",
        "Browsers closed because they took nothing for too long.",
        broadcaster::letGo);
    perTopic("tillstream_dashboard_records_total", "Records read.", records);
    perTopic(
        "tillstream_dashboard_records_rejected_total",
        "Records read that were none of their topic.",
        rejected);
    gauge(
        "tillstream_dashboard_lag_records",
        "Records of the topics not read yet.",
        () -> vitals.feed().lagRecords());
    gauge(
        "tillstream_dashboard_healthy",
        "1 while what is shown is the newest there is.",
        () -> vitals.feed().healthy() ? 1 : 0);
    gauge(
        "tillstream_dashboard_data_age_seconds",
        "Time since the newest row was written; NaN before the first.",
        () ->
            vitals.newestData() == null
                ? Double.NaN
                : Math.max(0, clock.millis() - vitals.newestData()) / 1000.0);
    labelled(
        "tillstream_dashboard_rows", "Rows held in memory.", "dimension", now -> wide(now.rows()));
  }

  private void pipeline() {
    GaugeWithCallback.builder()
        .name("tillstream_agent_state")
        .help("1 for the state an agent is in, 0 for the others.")
        .labelNames("agent", "state")
        .callback(
            out -> {
              for (AgentView agent : vitals.agents()) {
                for (String state : STATES) {
                  out.call(agent.state().equals(state) ? 1 : 0, agent.agent(), state);
                }
              }
            })
        .register(registry);
    labelled(
        "tillstream_agent_error_ratio",
        "Failed of tried look-ups or records lately.",
        "agent",
        now -> map(now.agents(), AgentView::agent, AgentView::errorRate));
    labelled(
        "tillstream_route_fallback_active",
        "1 while a route leads to its fallback.",
        "route",
        now -> map(now.routes(), RouteView::route, r -> r.active().equals("fallback") ? 1.0 : 0.0));
    labelled(
        "tillstream_route_epoch",
        "Which decision on the route is in force.",
        "route",
        now -> map(now.routes(), RouteView::route, r -> (double) r.epoch()));
    labelled(
        "tillstream_ledger_records",
        "Records of the input by what became of them, as the pipeline counts them.",
        "kind",
        now -> ledger(now.ledger()));
    gauge(
        "tillstream_ledger_balanced",
        "1 while as many records came in as are accounted for.",
        () -> vitals.ledger().balanced() ? 1 : 0);
    gauge(
        "tillstream_input_lag_records",
        "Records of the input the pipeline has not read yet.",
        () -> vitals.inputLag());
    labelled(
        "tillstream_events_per_second",
        "Events by the way they go.",
        "way",
        Vitals::eventsPerSecond);
    labelled(
        "tillstream_alerts_open",
        "Alerts raised and not resolved.",
        "severity",
        now -> wide(now.openAlerts()));
  }

  private static Map<String, Double> ledger(Ledger ledger) {
    return Map.of(
        "in", (double) ledger.in(),
        "aggregated", (double) ledger.aggregated(),
        "duplicate", (double) ledger.duplicate(),
        "late", (double) ledger.late(),
        "dead_lettered", (double) ledger.deadLettered(),
        "degraded_open", (double) ledger.degradedOpen());
  }

  private static Map<String, Double> wide(Map<String, ? extends Number> numbers) {
    Map<String, Double> wide = new TreeMap<>();
    numbers.forEach((name, number) -> wide.put(name, number.doubleValue()));
    return wide;
  }

  private static <T> Map<String, Double> map(
      List<T> things, Function<T, String> name, Function<T, Double> value) {
    Map<String, Double> map = new TreeMap<>();
    things.forEach(thing -> map.put(name.apply(thing), value.apply(thing)));
    return map;
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(out -> out.call(value.getAsDouble()))
        .register(registry);
  }

  private void counter(String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(out -> out.call(value.getAsDouble()))
        .register(registry);
  }

  private void perTopic(String name, String help, ToLongFunction<Topic> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("topic")
        .callback(
            out -> {
              for (Topic topic : Topic.values()) {
                out.call(value.applyAsLong(topic), topic.text());
              }
            })
        .register(registry);
  }

  private void labelled(
      String name, String help, String label, Function<Vitals, Map<String, Double>> values) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(label)
        .callback(out -> values.apply(vitals).forEach((each, value) -> out.call(value, each)))
        .register(registry);
  }

  /** All figures in Prometheus' text format. One scrape at a time. */
  synchronized byte[] text() {
    vitals = board.ask(known -> known.answers().vitals(clock.millis()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array does not fail
    }
    return out.toByteArray();
  }
}
