package io.tillstream.local.server;

import io.tillstream.local.layout.Home;
import io.tillstream.local.layout.Ports;
import io.tillstream.local.layout.RunDirectory;
import io.tillstream.local.process.JavaCommand;
import io.tillstream.local.process.Processes;
import io.tillstream.local.process.ServerProcess;
import io.tillstream.local.process.StackException;
import io.tillstream.local.process.Wait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A Kafka broker and controller in one process (KRaft), its log under {@code run/kafka}. */
public final class KafkaServer implements Server {
  /** The cluster id is only a name here: one directory, one node, never joined by another. */
  private static final String CLUSTER_ID = "dGlsbHN0cmVhbS1sb2NhbA";

  private static final int MEBI = 1 << 20;

  /**
   * The largest record any topic takes; dead letters carry the largest events and their headers.
   */
  public static final int MAX_RECORD = 64 * MEBI;

  private final Home home;
  private final RunDirectory run;
  private final Ports ports;
  private final Processes processes;

  public KafkaServer(Home home, RunDirectory run, Ports ports, Processes processes) {
    this.home = home;
    this.run = run;
    this.ports = ports;
    this.processes = processes;
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public ServerProcess launch() {
    Path log4j = run.installResource(KafkaServer.class, "kafka-log4j2.properties");
    Path config = run.conf().resolve("kafka.properties");
    RunDirectory.write(config, configuration());
    if (!Files.exists(run.kafka().resolve("meta.properties"))) {
      format(config, log4j);
    }
    return processes.spawn(
        name(),
        JavaCommand.of(home.serverJars("kafka"), "kafka.Kafka")
            .flags("-Xms256m", "-Xmx512m", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20")
            .flags("-Djava.awt.headless=true", "-Dlog4j2.configurationFile=" + log4j.toUri())
            .flags("-Dlog.file=" + run.logs().resolve("kafka.log"))
            .arguments(config.toString())
            .words(),
        Map.of());
  }

  private void format(Path config, Path log4j) {
    ServerProcess format =
        processes.spawn(
            "kafka-format",
            JavaCommand.of(home.serverJars("kafka"), "kafka.tools.StorageTool")
                .flags("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m")
                .flags("-Dlog4j2.configurationFile=" + log4j.toUri())
                .flags("-Dlog.file=" + run.logs().resolve("kafka.log"))
                .arguments("format", "--ignore-formatted", "-t", CLUSTER_ID)
                .arguments("-c", config.toString())
                .words(),
            Map.of());
    Wait.until(Duration.ofSeconds(60), "Kafka formats its directory", () -> !format.alive());
    format.kill();
    if (!Files.exists(run.kafka().resolve("meta.properties"))) {
      format.requireAlive();
    }
  }

  @Override
  public void awaitServing(ServerProcess process) {
    try (Admin admin = Admin.create(client(ports.kafka()))) {
      Wait.until(
          Duration.ofSeconds(60),
          "Kafka answers on port " + ports.kafka(),
          () -> {
            process.requireAlive();
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
          });
    }
  }

  private static Properties client(int port) {
    Properties properties = new Properties();
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port);
    properties.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 50);
    properties.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
    return properties;
  }

  private String configuration() {
    String directory = run.kafka().toString();
    if (directory.contains(",")) {
      throw new StackException("the run directory's path may not hold a comma: " + directory);
    }
    String controller = "127.0.0.1:" + ports.kafkaController();
    return String.join(
            "\n",
            List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@" + controller,
                "listeners=PLAINTEXT://127.0.0.1:" + ports.kafka() + ",CONTROLLER://" + controller,
                "advertised.listeners=PLAINTEXT://127.0.0.1:" + ports.kafka(),
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.listener.names=CONTROLLER",
                "inter.broker.listener.name=PLAINTEXT",
                "log.dirs=" + directory.replace("\\", "\\\\"),
                // Topics are made with their settings, never by a typing error.
                "auto.create.topics.enable=false",
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=4",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                "group.initial.rebalance.delay.ms=0",
                // A broker that comes back after a SIGKILL is let in when its old session is over.
                "broker.heartbeat.interval.ms=500",
                "broker.session.timeout.ms=4000",
                "message.max.bytes=" + MAX_RECORD,
                "replica.fetch.max.bytes=" + MAX_RECORD,
                "socket.request.max.bytes=" + 2 * MAX_RECORD,
                "num.network.threads=2",
                "num.io.threads=4",
                "background.threads=2",
                // The default of 128 MiB would be a quarter of this broker's heap.
                "log.cleaner.dedupe.buffer.size=" + 16 * MEBI,
                "log.cleaner.threads=1"))
        + "\n";
  }
}
