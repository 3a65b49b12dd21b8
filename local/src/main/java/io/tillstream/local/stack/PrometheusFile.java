package io.tillstream.local.stack;

import io.tillstream.local.layout.Ports;
import io.tillstream.local.layout.RunDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code run/conf/prometheus.yml}: what a Prometheus needs to know to scrape this stack. */
final class PrometheusFile {
  private PrometheusFile() {}

  static void write(RunDirectory run, Setup setup) {
    RunDirectory.write(run.prometheus(), text(setup));
  }

  static String text(Setup setup) {
    Ports ports = setup.ports();
    List<String> lines = new ArrayList<>();
    lines.add("# prometheus --config.file=run/conf/prometheus.yml");
    lines.add("global:");
    lines.add("  scrape_interval: 5s");
    lines.add("scrape_configs:");
    lines.add("  # The JobManager, then the TaskManagers.");
    lines.add("  - job_name: flink");
    lines.add("    static_configs:");
    lines.add("      - targets: " + targets(ports.metrics()));
    if (setup.options().dashboard()) {
      lines.add("  - job_name: tillstream-dashboard");
      lines.add("    static_configs:");
      lines.add("      - targets: " + targets(List.of(ports.dashboard())));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String targets(List<Integer> ports) {
    return ports.stream()
        .map(port -> "\"127.0.0.1:" + port + '"')
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
