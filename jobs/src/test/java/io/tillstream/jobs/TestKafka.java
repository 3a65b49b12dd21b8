package io.tillstream.jobs;

import io.tillstream.jobs.kafka.TestClients;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A real broker of one node, from the jars that the local stack's is made of. */
final class TestKafka extends TestServer {
  private static final Path JARS = Path.of("..", "local", "servers", "kafka", "target", "lib");

  private final Path folder;
  private final int port;
  private final int controller;

  TestKafka(Path folder) throws IOException {
    super(folder);
    this.folder = folder;
    this.port = freePort();
    this.controller = freePort();
  }

  Properties client() {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", "127.0.0.1:" + port);
    return properties;
  }

  @Override
  List<String> command() throws Exception {
    Path config = folder.resolve("kafka.properties");
    if (!Files.exists(config)) {
      Files.writeString(config, String.join("\n", configuration()));
      format(config);
    }
    return java("-Xmx256m", "kafka.Kafka", config.toString());
  }

  private void format(Path config) throws Exception {
    Path log = folder.resolve("format.log");
    Process process =
        new ProcessBuilder(
                java(
                    "-XX:TieredStopAtLevel=1",
                    "kafka.tools.StorageTool",
                    "format",
                    "-t",
                    "dGlsbHN0cmVhbS10ZXN0cw",
                    "-c",
                    config.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError("Kafka did not format: " + Files.readString(log));
    }
  }

  private static List<String> java(String... words) {
    if (!Files.isDirectory(JARS)) {
      throw new AssertionError(
          "the broker's jars are gathered by the module local/servers/kafka: build it first");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(JARS.toAbsolutePath() + File.separator + "*");
    command.addAll(List.of(words));
    return command;
  }

  private List<String> configuration() {
    String quorum = "127.0.0.1:" + controller;
    return List.of(
        "process.roles=broker,controller",
        "node.id=1",
        "controller.quorum.voters=1@" + quorum,
        "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://" + quorum,
        "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
        "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "controller.listener.names=CONTROLLER",
        "inter.broker.listener.name=PLAINTEXT",
        "log.dirs=" + folder.resolve("data"),
        "num.partitions=2",
        "auto.create.topics.enable=false",
        "offsets.topic.replication.factor=1",
        "offsets.topic.num.partitions=1",
        "transaction.state.log.replication.factor=1",
        "transaction.state.log.min.isr=1",
        "group.initial.rebalance.delay.ms=0",
        "broker.heartbeat.interval.ms=500",
        "broker.session.timeout.ms=4000",
        "log.cleaner.dedupe.buffer.size=16777216");
  }

  @Override
  boolean serves() throws Exception {
    return TestClients.serves(client());
  }
}
