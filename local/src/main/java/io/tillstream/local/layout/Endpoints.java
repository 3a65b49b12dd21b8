package io.tillstream.local.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where the running stack is reached: {@code run/endpoints.json}. Kafka and Redis as host:port, the
 * others as URLs; {@code jobId} is empty while no job was submitted.
 */
public record Endpoints(
    String kafka, String redis, String s3, String flink, String dashboard, String jobId) {
  public static Endpoints of(Ports ports) {
    return new Endpoints(
        "127.0.0.1:" + ports.kafka(),
        "127.0.0.1:" + ports.redis(),
        "http://127.0.0.1:" + ports.s3(),
        "http://127.0.0.1:" + ports.flink(),
        "http://127.0.0.1:" + ports.dashboard(),
        "");
  }

  public Endpoints withJob(String id) {
    return new Endpoints(kafka, redis, s3, flink, dashboard, id);
  }

  /**
   * What the running stack wrote.
   *
   * @throws StackException with one clear line if no stack is up
   */
  public static Endpoints read(RunDirectory run) {
    Path file = run.endpoints();
    try {
      return parse(Files.readString(file));
    } catch (NoSuchFileException none) {
      throw new StackException("no stack is up: start one with bin/tillstream up", none);
    } catch (IOException | IllegalArgumentException bad) {
      throw new StackException("cannot read " + file + ": " + bad.getMessage(), bad);
    }
  }

  public void write(RunDirectory run) {
    RunDirectory.write(run.endpoints(), json() + "\n");
  }

  static Endpoints parse(String json) throws IOException {
    JsonNode tree = Json.MAPPER.readTree(json);
    return new Endpoints(
        field(tree, "kafka"),
        field(tree, "redis"),
        field(tree, "s3"),
        field(tree, "flink"),
        field(tree, "dashboard"),
        tree.path("job_id").asText(""));
  }

  String json() {
    ObjectNode tree = Json.MAPPER.createObjectNode();
    tree.put("kafka", kafka);
    tree.put("redis", redis);
    tree.put("s3", s3);
    tree.put("flink", flink);
    tree.put("dashboard", dashboard);
    tree.put("job_id", jobId);
    return tree.toString();
  }

  private static String field(JsonNode tree, String name) {
    JsonNode value = tree.get(name);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException("field " + name + " is missing");
    }
    return value.asText();
  }
}
