package io.tillstream.local.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where the running stack's servers listen, read from its {@code endpoints.json}. */
final class RunningStack {
  private RunningStack() {}

  /** The run folder: {@code TILLSTREAM_RUN}, else {@code run} in the repository, else here. */
  static Path folder(Map<String, String> environment) {
    String run = environment.getOrDefault("TILLSTREAM_RUN", "");
    return run.isBlank()
        ? Path.of(environment.getOrDefault("TILLSTREAM_HOME", ""), "run")
        : Path.of(run);
  }

  /**
   * Kafka's address.
   *
   * @throws IOException with a line for people when no stack is up
   */
  static String kafka(Path folder) throws IOException {
    Path file = folder.resolve("endpoints.json");
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          file + " is missing: no stack is up; start one with `tillstream up`, or give --out FILE");
    }
    JsonNode kafka = new ObjectMapper().readTree(file.toFile()).path("kafka");
    if (!kafka.isTextual()) {
      throw new IOException(file + ": kafka must be a string host:port");
    }
    return kafka.textValue();
  }
}
