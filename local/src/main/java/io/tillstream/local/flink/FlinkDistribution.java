package io.tillstream.local.flink;

import io.tillstream.local.layout.Home;
import io.tillstream.local.layout.RunDirectory;
import io.tillstream.local.process.JavaCommand;
import io.tillstream.local.process.LogTail;
import io.tillstream.local.process.Processes;
import io.tillstream.local.process.ServerProcess;
import io.tillstream.local.process.StackException;
import io.tillstream.local.process.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What Flink's own shell scripts do: JVM flags, environment and memory sizes of its processes. */
public final class FlinkDistribution {
  /** The list that Flink ships in its configuration for JDK 17. */
  private static final List<String> OPENS =
      List.of(
          "--add-exports=java.base/sun.net.util=ALL-UNNAMED",
          "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
          "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.text=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED");

  private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";

  private final Home home;
  private final RunDirectory run;
  private final Processes processes;
  private final Map<String, Resources> known = new ConcurrentHashMap<>();

  public FlinkDistribution(Home home, RunDirectory run, Processes processes) {
    this.home = home;
    this.run = run;
    this.processes = processes;
  }

  public Path configDirectory() {
    return run.conf().resolve("flink");
  }

  /** A command on Flink's class path, its log in {@code run/logs/NAME.log}. */
  public JavaCommand java(String name, String mainClass) {
    Path log4j = run.installResource(FlinkDistribution.class, "flink-log4j2.properties");
    return JavaCommand.of(home.serverJars("flink"), mainClass)
        .flags(OPENS)
        .flags("-Dlog.file=" + run.logs().resolve(name + ".log"))
        .flags("-Dlog4j2.configurationFile=" + log4j.toUri())
        .flags("-Dlog4j.configurationFile=" + log4j.toUri());
  }

  public Map<String, String> environment() {
    return Map.of(
        "FLINK_CONF_DIR", configDirectory().toString(),
        "FLINK_PLUGINS_DIR", home.flinkPlugins().toString(),
        "FLINK_LIB_DIR", home.serverJars("flink").toString());
  }

  /** The JVM flags and the -D arguments that Flink computes from its configuration. */
  public record Resources(List<String> jvmFlags, List<String> arguments) {}

  /** Asks Flink's own {@code BashJavaUtils}: {@code GET_TM_RESOURCE_PARAMS} or {@code GET_JM_…}. */
  public Resources resources(String command) {
    // Several TaskManagers start at once and all get the same.
    return known.computeIfAbsent(command, this::compute);
  }

  private Resources compute(String command) {
    String name = "flink-" + command.substring(4, 6).toLowerCase(Locale.ROOT) + "-memory";
    Path out = run.logs().resolve(name + ".out");
    try {
      Files.deleteIfExists(out);
    } catch (IOException e) {
      throw new StackException("cannot delete " + out + ": " + e.getMessage(), e);
    }
    ServerProcess process =
        processes.spawn(
            name,
            java(name, "org.apache.flink.runtime.util.bash.BashJavaUtils")
                .flags("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m")
                .arguments(command, "--configDir", configDirectory().toString())
                .words(),
            environment());
    Wait.until(Duration.ofSeconds(60), "Flink computes its memory sizes", () -> !process.alive());
    process.kill();
    try {
      List<String> lines =
          Files.readAllLines(out).stream()
              .filter(line -> line.startsWith(RESULT))
              .map(line -> line.substring(RESULT.length()))
              .toList();
      if (lines.size() != 2) {
        throw new StackException("Flink refuses its configuration: " + LogTail.lastWords(out));
      }
      return new Resources(words(lines.get(0)), words(lines.get(1)));
    } catch (IOException e) {
      throw new StackException("cannot read " + out + ": " + e.getMessage(), e);
    }
  }

  /** The argument that gives a process's Prometheus reporter a port of its own. */
  public static String metricsAt(int port) {
    return "-Dmetrics.reporter.prom.port=" + port;
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toList();
  }
}
