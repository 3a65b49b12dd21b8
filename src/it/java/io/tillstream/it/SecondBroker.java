package io.tillstream.it;

import io.tillstream.local.layout.Home;
import io.tillstream.local.layout.RunDirectory;
import io.tillstream.local.process.JavaCommand;
import io.tillstream.local.process.Processes;
import io.tillstream.local.process.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.TopicPartition;

/**
 * Another broker beside the stack's one, for a topic of its own: so that one topic can lose its
 * leader while all others go on. The stack's {@code down} stops it too.
 */
final class SecondBroker implements AutoCloseable {
  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final String NAME = "kafka-2";
  private static final Duration AT_MOST = Duration.ofSeconds(60);

  private final Shop shop;
  private final Processes processes;
  private final Path config;
  private final Path log4j;
  private final Path data;
  private final Admin admin;

  /** Starts it and waits until the cluster knows it. */
  SecondBroker(Shop shop) throws IOException {
    this.shop = shop;
    RunDirectory run = shop.run();
    processes = new Processes(run.path());
    config = run.conf().resolve("kafka-2.properties");
    log4j = run.conf().resolve("kafka-log4j2.properties");
    data = run.kafka().resolveSibling("kafka-2");
    admin = Admin.create(Map.of("bootstrap.servers", shop.at().kafka()));
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(run.conf().resolve("kafka.properties"))) {
      properties.load(in);
    }
    String address = "PLAINTEXT://127.0.0.1:" + freePort();
    properties.setProperty("process.roles", "broker");
    properties.setProperty("node.id", "" + SECOND);
    properties.setProperty("listeners", address);
    properties.setProperty("advertised.listeners", address);
    properties.setProperty("log.dirs", data.toString());
    try (var out = Files.newBufferedWriter(config)) {
      properties.store(out, null);
    }
    format(clusterId(run));
    start();
  }

  private static String clusterId(RunDirectory run) throws IOException {
    Properties meta = new Properties();
    try (var in = Files.newBufferedReader(run.kafka().resolve("meta.properties"))) {
      meta.load(in);
    }
    return meta.getProperty("cluster.id");
  }

  private void format(String clusterId) {
    ServerProcess format =
        processes.spawn(
            NAME + "-format",
            java("kafka.tools.StorageTool", "-Xmx128m", "-XX:TieredStopAtLevel=1")
                .arguments("format", "--ignore-formatted", "-t", clusterId)
                .arguments("-c", config.toString())
                .words(),
            Map.of());
    Await.until("the second broker's directory is formatted", AT_MOST, () -> !format.alive());
    format.kill();
  }

  private JavaCommand java(String mainClass, String... flags) {
    return JavaCommand.of(Home.find().serverJars("kafka"), mainClass)
        .flags("-XX:+UseSerialGC", "-Dlog4j2.configurationFile=" + log4j.toUri())
        .flags("-Dlog.file=" + shop.run().logs().resolve(NAME + ".log"))
        .flags(flags);
  }

  /** Starts it, anew too, on its data; returns when the cluster counts on it. */
  void start() {
    processes.spawn(
        NAME, java("kafka.Kafka", "-Xmx384m").arguments(config.toString()).words(), Map.of());
    Await.until(
        "the second broker is there",
        AT_MOST,
        () -> admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).size() == 2);
  }

  /** SIGKILL. */
  void kill() {
    processes.find(NAME).ifPresent(ServerProcess::kill);
  }

  /** Moves the topic's one partition here. */
  void take(String topic) {
    move(topic, SECOND);
  }

  /** Moves it back. */
  void giveBack(String topic) {
    move(topic, FIRST);
  }

  private void move(String topic, int broker) {
    TopicPartition partition = new TopicPartition(topic, 0);
    Await.until(
        topic + " moves to broker " + broker,
        AT_MOST,
        () -> {
          admin
              .alterPartitionReassignments(
                  Map.of(partition, Optional.of(new NewPartitionReassignment(List.of(broker)))))
              .all()
              .get(5, TimeUnit.SECONDS);
          return true;
        });
    Await.until(topic + " is led by broker " + broker, AT_MOST, () -> isLedBy(topic, broker));
  }

  private boolean isLedBy(String topic, int broker) throws Exception {
    var there =
        admin
            .describeTopics(List.of(topic))
            .allTopicNames()
            .get(5, TimeUnit.SECONDS)
            .get(topic)
            .partitions()
            .get(0);
    return there.leader() != null && there.leader().id() == broker && there.replicas().size() == 1;
  }

  /** Waits until the topic has a leader again, or none. */
  void awaitLeader(String topic, boolean wanted) {
    Await.until(
        topic + (wanted ? " has a leader" : " has no leader"),
        AT_MOST,
        () -> isLedBy(topic, SECOND) == wanted);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    admin.close(Duration.ofSeconds(5));
    kill();
    RunDirectory.delete(data);
  }
}
