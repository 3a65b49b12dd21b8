package io.tillstream.local.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.layout.Json;
import io.tillstream.local.process.StackException;
import io.tillstream.local.process.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Savepoints through Flink's REST API, into the cluster's own savepoint folder. */
public final class Savepoints {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private Savepoints() {}

  /**
   * Triggers one and waits for it.
   *
   * @return its path
   */
  public static String take(FlinkRest rest, String jobId) {
    try {
      ObjectNode body = Json.MAPPER.createObjectNode();
      body.put("cancel-job", false);
      String trigger =
          rest.post("/jobs/" + jobId + "/savepoints", body).path("request-id").asText();
      AtomicReference<JsonNode> answer = new AtomicReference<>();
      Wait.until(
          LONGEST,
          "the savepoint completes",
          () -> {
            answer.set(rest.get("/jobs/" + jobId + "/savepoints/" + trigger));
            return answer.get().path("status").path("id").asText().equals("COMPLETED");
          });
      JsonNode operation = answer.get().path("operation");
      if (!operation.path("location").isTextual()) {
        throw new StackException("the savepoint failed: " + cause(operation));
      }
      return operation.path("location").asText();
    } catch (IOException e) {
      throw new StackException("no savepoint: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while taking a savepoint", e);
    }
  }

  private static String cause(JsonNode operation) {
    String trace = operation.path("failure-cause").path("stack-trace").asText("no reason given");
    String cause = trace.lines().findFirst().orElse("");
    for (String line : trace.split("\n", -1)) {
      if (line.startsWith("Caused by: ")) {
        cause = line.substring("Caused by: ".length());
      }
    }
    return cause;
  }
}
