package io.tillstream.local.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.dashboard.agents.AgentView;
import io.tillstream.dashboard.agents.CheckpointView;
import io.tillstream.dashboard.agents.JobView;
import io.tillstream.dashboard.agents.Ledger;
import io.tillstream.dashboard.agents.Report;
import io.tillstream.dashboard.agents.Reports;
import io.tillstream.dashboard.agents.RouteView;
import io.tillstream.local.layout.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusFoldingTest {
  private static final Instant NOW = Instant.parse("2026-11-24T04:00:10Z");
  private final Reports reports = new Reports();

  private void report(String json) {
    reports.add(Report.parse(tree(json)).orElseThrow());
  }

  private static JsonNode tree(String json) {
    try {
      return Json.MAPPER.readTree(json.replace('\'', '"'));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(int subtask, int parallelism, int second, String rest) {
    return "{'agent':'ingestion','part':'read','subtask':%d,'parallelism':%d,'state':'running',"
            .formatted(subtask, parallelism)
        + "'since':'2026-11-24T04:00:00Z','at':'2026-11-24T04:00:%02dZ',%s}"
            .formatted(second, rest);
  }

  @Test
  void theLedgerAddsTheNewestReportOfEachSubtask() {
    report(read(0, 2, 8, "'counts':{'in':50,'dead_lettered':1}"));
    report(read(1, 2, 8, "'counts':{'in':40}"));
    report(read(0, 2, 9, "'counts':{'in':60,'dead_lettered':2}"));
    report(read(0, 1, 9, "'counts':{'duplicate':3,'late':5}").replace("'read'", "'deduplicate'"));
    report(
        read(0, 1, 9, "'counts':{'aggregated':90,'degraded_open':7}")
            .replace("'ingestion'", "'aggregation'")
            .replace("'read'", "'sums'"));
    Ledger ledger = Ledger.of(reports);
    assertThat(ledger).isEqualTo(new Ledger(100, 90, 3, 5, 2, 7));
    assertThat(ledger.balanced()).isTrue();
  }

  @Test
  void bothAggregationsAndWhatNeitherTookStandInTheLedger() {
    report(read(0, 1, 9, "'counts':{'in':100,'dead_lettered':2}"));
    report(read(0, 1, 9, "'counts':{'duplicate':3,'late':5}").replace("'read'", "'deduplicate'"));
    String sums = read(0, 1, 9, "'counts':{'aggregated':%d,'degraded_open':%d}");
    for (String agent : List.of("aggregation", "backup-aggregation")) {
      report(
          (agent.equals("aggregation") ? sums.formatted(60, 4) : sums.formatted(26, 1))
              .replace("'ingestion'", "'" + agent + "'")
              .replace("'read'", "'sums'"));
      report(
          read(0, 1, 9, "'counts':{'fell_back':30,'dead_lettered':4}")
              .replace("'ingestion'", "'" + agent + "'")
              .replace("'read'", "'pre-sum'"));
    }
    Ledger ledger = Ledger.of(reports);
    assertThat(ledger).isEqualTo(new Ledger(100, 86, 3, 5, 6, 5));
    assertThat(ledger.balanced()).isTrue();
  }

  @Test
  void subtasksThatAreNoMoreDoNotCount() {
    report(read(0, 2, 1, "'counts':{'in':50}"));
    report(read(1, 2, 1, "'counts':{'in':40}"));
    report(read(0, 1, 5, "'counts':{'in':90}"));
    assertThat(Ledger.of(reports).in()).isEqualTo(90);
  }

  @Test
  void positionsComeFromWhoReportedLast() {
    report(read(0, 2, 8, "'indicators':{'position_0':10,'position_1':99}"));
    report(read(1, 2, 9, "'indicators':{'position_1':20,'lag_1':3}"));
    assertThat(reports.positions()).isEqualTo(Map.of(0, 10L, 1, 20L));
  }

  @Test
  void theWorstSubtaskSpeaksForItsAgentAndIndicatorsAreJoined() {
    report(read(0, 2, 9, "'error_rate':0.1,'indicators':{'pool':2,'hit_ratio':0.5,'watermark':5}"));
    report(
        read(1, 2, 9, "'error_rate':0.3,'indicators':{'pool':3,'hit_ratio':1,'watermark':7}")
            .replace("'running'", "'failed'"));
    AgentView view = AgentView.all(reports, NOW).get(0);
    assertThat(view.state()).isEqualTo("failed");
    assertThat(view.errorRate()).isEqualTo(0.3);
    assertThat(view.indicators())
        .isEqualTo(Map.of("pool", 5.0, "hit_ratio", 0.75, "watermark", 7.0));
  }

  @Test
  void silenceMakesStaleSinceTheLastWord() {
    report(read(0, 1, 2, "'counts':{}"));
    AgentView view = AgentView.all(reports, NOW).get(0);
    assertThat(view.state()).isEqualTo("stale");
    assertThat(view.since()).isEqualTo(Instant.parse("2026-11-24T04:00:02Z"));
    assertThat(view.note()).isEqualTo("its read 0 is silent");
  }

  @Test
  void routesStandWhereTheHighestEpochPutThem() {
    List<RouteView> routes =
        RouteView.all(
            List.of(
                tree(
                    "{'route':'enrichment','from':'primary','to':'fallback','mode':'fallback',"
                        + "'epoch':2,'reason':'pinned','at':'2026-11-24T04:00:00Z'}"),
                tree("{'route':'enrichment','from':'fallback','to':'primary','epoch':1}")));
    assertThat(routes.get(0))
        .isEqualTo(
            new RouteView(
                "enrichment", "fallback", "fallback", 0, "", 2, "pinned", "2026-11-24T04:00:00Z"));
    assertThat(routes.get(1))
        .isEqualTo(
            new RouteView("aggregation", "auto", "primary", 0, "", 0, "no decision yet", null));
  }

  @Test
  void aRouteStandsSinceItLastChanged() {
    String pinned = "{'route':'enrichment','mode':'fallback','to':'fallback','epoch':%d,'at':'%s'}";
    List<RouteView> routes =
        RouteView.all(
            List.of(
                tree(pinned.formatted(1, "2026-11-24T04:00:00Z")),
                tree(pinned.formatted(2, "2026-11-24T04:00:09Z"))));
    assertThat(routes.get(0).epoch()).isEqualTo(2);
    assertThat(routes.get(0).since()).isEqualTo("2026-11-24T04:00:00Z");
  }

  private static RouteView decided(String rest) {
    return RouteView.all(
            List.of(
                tree(
                    "{'route':'enrichment','mode':'auto','epoch':1,'reason':'because',"
                        + "'at':'2026-11-24T04:00:00Z',"
                        + rest
                        + "}")))
        .get(0);
  }

  @Test
  void aRouteThatIsOnlyObservedSaysWhatItWouldDo() {
    assertThat(decided("'to':'primary','would':'fallback'").remark())
        .isEqualTo("would go to fallback");
    assertThat(decided("'to':'primary','would':'primary'").remark()).isEmpty();
  }

  @Test
  void aRouteThatProbesSaysHowMuch() {
    assertThat(decided("'to':'fallback','probe_share':0.05").remark()).isEqualTo("probing 5.00 %");
    assertThat(decided("'to':'fallback','probe_share':0").remark()).isEmpty();
  }

  @Test
  void anAgentThatIsUnwellSaysWhy() {
    report(read(0, 2, 9, "'note':'all is well'"));
    AgentView well = AgentView.all(reports, NOW).get(0);
    assertThat(well.note()).isEmpty();
    report(read(1, 2, 9, "'note':'Redis refuses'").replace("'running'", "'failed'"));
    AgentView failed = AgentView.all(reports, NOW).get(0);
    assertThat(failed.note()).isEqualTo("Redis refuses");
  }

  @Test
  void whatIsNoReportIsIgnored() {
    assertThat(Report.parse(tree("[1]"))).isEmpty();
    assertThat(Report.parse(tree("{'agent':'x'}"))).isEmpty();
    assertThat(Report.parse(tree("{'agent':'x','at':'yesterday'}"))).isEmpty();
    assertThat(Report.parse(tree("{'agent':'x','at':1764043200000}"))).isPresent();
  }

  @Test
  void whatAPersonMustKnowStandsInJsonAndTable() {
    report(read(0, 1, 9, "'note':'Redis refuses'").replace("'running'", "'failed'"));
    Status status =
        new Status(
            new JobView("id", "RUNNING", 0),
            AgentView.all(reports, NOW),
            List.of(decided("'to':'primary','probe_share':0,'would':'fallback'")),
            CheckpointView.NONE,
            0,
            Ledger.of(reports));
    assertThat(status.json().path("agents").get(0).path("note").asText())
        .isEqualTo("Redis refuses");
    JsonNode route = status.json().path("routes").get(0);
    assertThat(route.path("would").asText()).isEqualTo("fallback");
    assertThat(route.has("probe_share")).as("a share while nothing is tried").isFalse();
    assertThat(StatusTable.lines(status, NOW))
        .anyMatch(line -> line.contains("10 s") && line.contains("[would go to fallback] because"))
        .anyMatch(line -> line.contains("failed") && line.contains("Redis refuses"));
  }

  @Test
  void theContractsJson() {
    report(read(0, 1, 9, "'counts':{'in':1},'indicators':{'redis_pool_in_use':2}"));
    Status status =
        new Status(
            new JobView("id", "RUNNING", 1),
            AgentView.all(reports, NOW),
            RouteView.all(List.of()),
            CheckpointView.of(
                tree(
                    "{'counts':{'completed':12,'failed':1},'latest':{'completed':"
                        + "{'latest_ack_timestamp':0,'end_to_end_duration':310,"
                        + "'checkpointed_size':5,'state_size':9}}}")),
            4,
            Ledger.of(reports));
    assertThat(status.json().toString().replace('"', '\''))
        .isEqualTo(
            "{'job':{'id':'id','state':'RUNNING','restarts':1},"
                + "'agents':[{'agent':'ingestion','state':'running',"
                + "'since':'2026-11-24T04:00:00Z','error_rate':0.0,"
                + "'indicators':{'redis_pool_in_use':2}}],"
                + "'routes':[{'route':'enrichment','mode':'auto','active':'primary','epoch':0,"
                + "'reason':'no decision yet','since':null},{'route':'aggregation','mode':'auto',"
                + "'active':'primary','epoch':0,'reason':'no decision yet','since':null}],"
                + "'checkpoints':{'completed':12,'failed':1,"
                + "'last_completed_at':'1970-01-01T00:00:00Z','last_duration_ms':310,"
                + "'last_bytes':5,'full_bytes':9},'lag':{'records':4},"
                + "'ledger':{'in':1,'aggregated':0,'duplicate':0,'late':0,'dead_lettered':0,"
                + "'degraded_open':0,'balanced':false}}");
    assertThat(StatusTable.lines(status, NOW)).anyMatch(line -> line.contains("1 in = 0"));
  }
}
