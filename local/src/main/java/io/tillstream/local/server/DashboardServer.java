package io.tillstream.local.server;

import io.tillstream.local.layout.Home;
import io.tillstream.local.layout.Ports;
import io.tillstream.local.layout.RunDirectory;
import io.tillstream.local.process.JavaCommand;
import io.tillstream.local.process.Processes;
import io.tillstream.local.process.ServerProcess;
import io.tillstream.local.process.Wait;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** The dashboard's server: page, WebSocket, JSON. It keeps nothing, so it may die at any time. */
public final class DashboardServer implements Server {
  private static final String MAIN = "io.tillstream.dashboard.Dashboard";

  private final Home home;
  private final RunDirectory run;
  private final Ports ports;
  private final Processes processes;

  public DashboardServer(Home home, RunDirectory run, Ports ports, Processes processes) {
    this.home = home;
    this.run = run;
    this.ports = ports;
    this.processes = processes;
  }

  @Override
  public String name() {
    return "dashboard";
  }

  /** Sized so that the whole process stays within 512 MiB, with a hundred browsers connected. */
  @Override
  public ServerProcess launch() {
    return processes.spawn(
        name(),
        JavaCommand.of(home.dashboardClassPath(), MAIN)
            .flags("-Xmx256m", "-XX:MaxDirectMemorySize=64m", "-XX:+UseSerialGC")
            .flags("-Djava.awt.headless=true", "-Djava.io.tmpdir=" + run.flink().resolve("tmp"))
            .arguments("--kafka.bootstrap.servers", "127.0.0.1:" + ports.kafka())
            .arguments("--host", "127.0.0.1", "--port", String.valueOf(ports.dashboard()))
            .arguments("--flink", "http://127.0.0.1:" + ports.flink())
            .words(),
        // Otherwise the C library keeps an arena for each of many threads.
        Map.of("MALLOC_ARENA_MAX", "2"));
  }

  /** Serving means answering: until it has caught up with its topics it says 503, and means it. */
  @Override
  public void awaitServing(ServerProcess process) {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest health =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.dashboard() + "/healthz"))
            .timeout(Duration.ofSeconds(5))
            .build();
    Wait.until(
        Duration.ofSeconds(60),
        "the dashboard answers on port " + ports.dashboard(),
        () -> {
          process.requireAlive();
          int status = http.send(health, BodyHandlers.discarding()).statusCode();
          return status == 200 || status == 503;
        });
  }
}
