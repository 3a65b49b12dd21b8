package io.tillstream.local.flink;

import io.tillstream.local.layout.Bucket;
import io.tillstream.local.layout.Home;
import io.tillstream.local.layout.Ports;
import io.tillstream.local.layout.RunDirectory;
import io.tillstream.local.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Installs the repository's flink-conf.yaml as the {@code config.yaml} that Flink reads, with only
 * local things added: addresses, ports, sizes, keys.
 */
public final class FlinkConfiguration {
  private FlinkConfiguration() {}

  /** What may differ from one local cluster to the next. */
  public record Sizes(int slotsPerTaskManager, String taskManagerMemory, String jobManagerMemory) {}

  /**
   * Writes the configuration.
   *
   * @param settings win over the repository's and the local ones
   */
  public static void install(
      Home home, RunDirectory run, Ports ports, Sizes sizes, Map<String, String> settings) {
    Map<String, String> local = new LinkedHashMap<>();
    local.put("jobmanager.rpc.address", "127.0.0.1");
    local.put("jobmanager.rpc.port", String.valueOf(ports.jobManager()));
    local.put("jobmanager.bind-host", "127.0.0.1");
    local.put("jobmanager.memory.process.size", sizes.jobManagerMemory());
    local.put("taskmanager.host", "127.0.0.1");
    local.put("taskmanager.bind-host", "127.0.0.1");
    local.put("taskmanager.memory.process.size", sizes.taskManagerMemory());
    local.put("taskmanager.numberOfTaskSlots", String.valueOf(sizes.slotsPerTaskManager()));
    local.put("rest.address", "127.0.0.1");
    local.put("rest.bind-address", "127.0.0.1");
    local.put("rest.port", String.valueOf(ports.flink()));
    local.put("rest.bind-port", String.valueOf(ports.flink()));
    local.put("io.tmp.dirs", quoted(run.flink().resolve("tmp")));
    local.put("process.working-dir", quoted(run.flink().resolve("work")));
    local.put("s3.endpoint", quoted("http://127.0.0.1:" + ports.s3()));
    local.put("s3.access-key", Bucket.ACCESS_KEY);
    local.put("s3.secret-key", Bucket.SECRET_KEY);
    local.put("s3.path.style.access", "true");
    settings.forEach((key, value) -> local.put(key, quoted(value)));
    StringBuilder text = new StringBuilder();
    try {
      text.append(Files.readString(home.flinkConf()).stripTrailing());
    } catch (IOException e) {
      throw new StackException("cannot read " + home.flinkConf() + ": " + e.getMessage(), e);
    }
    text.append("\n\n# Only what is local, added by bin/tillstream.\n");
    local.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    Path target = run.conf().resolve("flink").resolve("config.yaml");
    RunDirectory.write(target, text.toString());
  }

  private static String quoted(Object value) {
    return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
