package io.tillstream.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.layout.Json;
import io.tillstream.local.layout.Ports;
import io.tillstream.local.layout.RunDirectory;
import io.tillstream.local.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the stack was started with, remembered in {@code run/setup.json} for kill and start. */
record Setup(UpOptions options, Ports ports) {
  void write(RunDirectory run) {
    ObjectNode tree = Json.MAPPER.createObjectNode();
    tree.put("slots", options.slots());
    tree.put("taskmanagers", options.taskManagers());
    tree.put("port_offset", options.portOffset());
    options.window().ifPresent(window -> tree.put("window", window.toString()));
    options.lateness().ifPresent(lateness -> tree.put("lateness", lateness.toString()));
    tree.put("keep", options.keep());
    tree.put("partitions", options.partitions());
    tree.put("taskmanager_memory", options.taskManagerMemory());
    tree.put("job", options.job());
    tree.put("dashboard", options.dashboard());
    ObjectNode more = tree.putObject("job_options");
    options.jobOptions().forEach(more::put);
    ObjectNode flink = tree.putObject("flink_settings");
    options.flinkSettings().forEach(flink::put);
    ArrayNode classpath = tree.putArray("classpath");
    options.classpath().forEach(classpath::add);
    ObjectNode all = tree.putObject("ports");
    all.put("kafka", ports.kafka());
    all.put("redis", ports.redis());
    all.put("s3", ports.s3());
    all.put("flink", ports.flink());
    all.put("dashboard", ports.dashboard());
    all.put("kafka_controller", ports.kafkaController());
    all.put("jobmanager", ports.jobManager());
    ArrayNode metrics = all.putArray("metrics");
    ports.metrics().forEach(metrics::add);
    RunDirectory.write(run.setup(), Json.pretty(tree) + "\n");
  }

  static Setup read(RunDirectory run) {
    try {
      JsonNode tree = Json.MAPPER.readTree(Files.readString(run.setup()));
      JsonNode all = tree.path("ports");
      return new Setup(
          new UpOptions(
              tree.path("slots").asInt(),
              tree.path("taskmanagers").asInt(),
              tree.path("port_offset").asInt(),
              duration(tree.path("window")),
              duration(tree.path("lateness")),
              tree.path("keep").asBoolean(),
              tree.path("partitions").asInt(),
              tree.path("taskmanager_memory").asText(),
              texts(tree.path("job_options")),
              texts(tree.path("flink_settings")),
              list(tree.path("classpath")),
              tree.path("job").asBoolean(),
              tree.path("dashboard").asBoolean()),
          new Ports(
              all.path("kafka").asInt(),
              all.path("redis").asInt(),
              all.path("s3").asInt(),
              all.path("flink").asInt(),
              all.path("dashboard").asInt(),
              all.path("kafka_controller").asInt(),
              all.path("jobmanager").asInt(),
              numbers(all.path("metrics"))));
    } catch (NoSuchFileException none) {
      throw new StackException("no stack is up: start one with bin/tillstream up", none);
    } catch (IOException | IllegalArgumentException bad) {
      throw new StackException("cannot read " + run.setup() + ": " + bad.getMessage(), bad);
    }
  }

  private static Map<String, String> texts(JsonNode tree) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> option : tree.properties()) {
      texts.put(option.getKey(), option.getValue().asText());
    }
    return texts;
  }

  private static List<String> list(JsonNode tree) {
    List<String> texts = new ArrayList<>();
    tree.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static List<Integer> numbers(JsonNode tree) {
    List<Integer> numbers = new ArrayList<>();
    tree.forEach(number -> numbers.add(number.asInt()));
    return numbers;
  }

  private static Optional<Duration> duration(JsonNode text) {
    return text.isTextual() ? Optional.of(Duration.parse(text.asText())) : Optional.empty();
  }
}
