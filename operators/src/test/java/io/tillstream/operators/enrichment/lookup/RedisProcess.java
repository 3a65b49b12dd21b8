package io.tillstream.operators.enrichment.lookup;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/** A real Redis of a test's own, which may be killed, stopped and started again. */
public final class RedisProcess implements AutoCloseable {
  private final Path folder;
  private final Path executable;
  private final int port;
  private final List<String> settings;
  private Process process;

  /** Starts one on a free port. */
  public RedisProcess(String... settings) throws IOException {
    this.folder = Files.createTempDirectory("tillstream-redis");
    this.executable = ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
    this.settings = List.of(settings);
    try (ServerSocket free = new ServerSocket(0)) {
      this.port = free.getLocalPort();
    }
    start();
  }

  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public void start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--dir", folder.toString()));
    command.addAll(settings);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() - end < 0) {
      try (Jedis jedis = new Jedis("127.0.0.1", port)) {
        jedis.sendCommand(redis.clients.jedis.Protocol.Command.PING);
        return;
      } catch (JedisException e) {
        if (String.valueOf(e.getMessage()).contains("NOAUTH")) {
          return;
        }
        if (!process.isAlive()) {
          throw new IOException("redis ended: " + Files.readString(folder.resolve("log")), e);
        }
        Thread.onSpinWait();
      }
    }
    close();
    throw new IOException("redis did not start");
  }

  /** A client for the test's own use. */
  public Jedis client() {
    return new Jedis("127.0.0.1", port);
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGSTOP: it is there and says nothing. */
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  public void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
