package io.tillstream.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.local.flink.FlinkRest;
import io.tillstream.local.layout.Json;
import io.tillstream.local.process.StackException;
import io.tillstream.local.topics.TopicReader;
import io.tillstream.local.topics.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Follows the agents' reports of one job until its counters account for every record. */
final class DrainWatch implements AutoCloseable {
  /** A counter of a part of an agent. */
  record Counter(String agent, String part, String count) {}

  private final TopicReader reader;
  private final List<Counter> counters;
  private final DrainCurve curve = new DrainCurve();

  /** Starts following now: create it before the job is submitted, and after the last one ended. */
  DrainWatch(String bootstrap, List<Counter> counters) {
    this.counters = counters;
    this.reader = new TopicReader(bootstrap);
    reader.follow(Topics.AGENT_STATUS);
  }

  /**
   * Waits until the counters add up to that many.
   *
   * @return seconds from the first record to the last
   * @throws StackException if nothing moves for too long, or the job restarts
   */
  double await(long records, FlinkRest rest, String jobId, Duration patience) {
    long lastTotal = -1;
    long moved = System.nanoTime();
    while (curve.total() < records) {
      reader.poll(Duration.ofMillis(200), this::take);
      if (curve.total() > lastTotal) {
        lastTotal = curve.total();
        moved = System.nanoTime();
      }
      if (System.nanoTime() - moved > patience.toNanos()) {
        throw new StackException(
            "draining stands still at "
                + lastTotal
                + " of "
                + records
                + " records: "
                + failure(rest, jobId));
      }
    }
    if (curve.total() > records) {
      throw new StackException(curve.total() + " records counted, only " + records + " sent");
    }
    return curve.seconds();
  }

  private static String failure(FlinkRest rest, String jobId) {
    try {
      String cause = rest.lastFailure(jobId);
      return cause.isEmpty() ? "the job gives no reason" : cause;
    } catch (IOException e) {
      return "Flink does not answer";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      JsonNode report = Json.MAPPER.readTree(record.value());
      for (Counter counter : counters) {
        JsonNode count = report.path("counts").path(counter.count());
        if (counter.agent().equals(report.path("agent").asText())
            && counter.part().equals(report.path("part").asText())
            && count.isNumber()) {
          curve.add(
              counter.part() + "/" + counter.count() + "/" + report.path("subtask").asInt(),
              millis(report.path("at")),
              count.asLong());
        }
      }
    } catch (IOException | RuntimeException notAReport) {
      // A stranger's message counts nothing.
    }
  }

  private static long millis(JsonNode at) {
    return at.isNumber() ? at.asLong() : Instant.parse(at.asText()).toEpochMilli();
  }

  @Override
  public void close() {
    reader.close();
  }
}
