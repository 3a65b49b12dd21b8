package io.tillstream.local.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.dashboard.agents.AgentView;
import io.tillstream.dashboard.agents.CheckpointView;
import io.tillstream.dashboard.agents.JobView;
import io.tillstream.dashboard.agents.Ledger;
import io.tillstream.dashboard.agents.Report;
import io.tillstream.dashboard.agents.Reports;
import io.tillstream.dashboard.agents.RouteView;
import io.tillstream.local.flink.FlinkRest;
import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.layout.Json;
import io.tillstream.local.topics.TopicReader;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a {@link Status} from the topics and from Flink, both at once, in a second or so. */
public final class StatusCollector implements AutoCloseable {
  /** Minutes of reports, so that a part that fell silent is still found; cheap to read. */
  private static final long TAIL = 2_000;

  private final Endpoints endpoints;
  private final Clock clock;
  private final FlinkRest rest;
  private final TopicReader reader;

  public StatusCollector(Endpoints endpoints, Clock clock) {
    this.endpoints = endpoints;
    this.clock = clock;
    this.rest = new FlinkRest(endpoints.flink());
    this.reader = new TopicReader(endpoints.kafka());
  }

  /**
   * Asks everybody once.
   *
   * @throws io.tillstream.local.process.StackException in one line if Kafka does not answer
   */
  public Status collect() {
    CompletableFuture<JobView> job = CompletableFuture.supplyAsync(this::job);
    CompletableFuture<CheckpointView> checkpoints =
        CompletableFuture.supplyAsync(this::checkpoints);
    Reports reports = new Reports();
    reader.readTail(
        Topics.AGENT_STATUS, TAIL, record -> Report.parse(tree(record)).ifPresent(reports::add));
    List<JsonNode> decisions = new ArrayList<>();
    reader.readAll(
        Topics.ROUTE_DECISIONS,
        record -> {
          JsonNode decision = tree(record);
          if (decision != null) {
            decisions.add(decision);
          }
        });
    long lag = lag(reports.positions());
    return new Status(
        job.join(),
        AgentView.all(reports, clock.instant()),
        RouteView.all(decisions),
        checkpoints.join(),
        lag,
        Ledger.of(reports));
  }

  private long lag(Map<Integer, Long> positions) {
    Map<Integer, Long> begins = reader.begins(Topics.SHOP_EVENTS);
    long lag = 0;
    for (Map.Entry<Integer, Long> end : reader.ends(Topics.SHOP_EVENTS).entrySet()) {
      long position = positions.getOrDefault(end.getKey(), begins.get(end.getKey()));
      lag += Math.max(0, end.getValue() - position);
    }
    return lag;
  }

  private JobView job() {
    String id = endpoints.jobId();
    try {
      String state = rest.job(id).path("state").asText();
      String restarts = rest.jobMetric(id, "numRestarts");
      return new JobView(id, state, restarts.isEmpty() ? 0 : Long.parseLong(restarts));
    } catch (IOException | NumberFormatException noAnswer) {
      return new JobView(id, JobView.UNREACHABLE, 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new JobView(id, JobView.UNREACHABLE, 0);
    }
  }

  private CheckpointView checkpoints() {
    try {
      return CheckpointView.of(rest.checkpoints(endpoints.jobId()));
    } catch (IOException noAnswer) {
      return CheckpointView.NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CheckpointView.NONE;
    }
  }

  private static JsonNode tree(ConsumerRecord<byte[], byte[]> record) {
    try {
      return record.value() == null ? null : Json.MAPPER.readTree(record.value());
    } catch (IOException notJson) {
      return null;
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
