package io.tillstream.local.server;

import io.tillstream.local.layout.Ports;
import io.tillstream.local.layout.RunDirectory;
import io.tillstream.local.process.Processes;
import io.tillstream.local.process.ServerProcess;
import io.tillstream.local.process.StackException;
import io.tillstream.local.process.Wait;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import redis.clients.jedis.Jedis;

/** A real Redis, its binary taken out of the embedded-redis jar; append-only file, no dumps. */
public final class RedisServer implements Server {
  private final RunDirectory run;
  private final Ports ports;
  private final Processes processes;

  public RedisServer(RunDirectory run, Ports ports, Processes processes) {
    this.run = run;
    this.ports = ports;
    this.processes = processes;
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public ServerProcess launch() {
    Path config = run.conf().resolve("redis.conf");
    RunDirectory.write(
        config,
        String.join(
                "\n",
                List.of(
                    "bind 127.0.0.1",
                    "port " + ports.redis(),
                    "dir \"" + run.redis() + "\"",
                    "daemonize no",
                    "logfile \"\"",
                    // What was acknowledged more than a second ago survives a SIGKILL.
                    "appendonly yes",
                    "appendfsync everysec",
                    "save \"\""))
            + "\n");
    return processes.spawn(
        name(), List.of(binary().toString(), config.toString()), Map.of("LC_ALL", "C"));
  }

  @Override
  public void awaitServing(ServerProcess process) {
    Wait.until(
        Duration.ofSeconds(30),
        "Redis answers on port " + ports.redis(),
        () -> {
          process.requireAlive();
          try (Jedis jedis = new Jedis("127.0.0.1", ports.redis(), 1000)) {
            return jedis.ping().equals("PONG");
          }
        });
  }

  private Path binary() {
    Path target = run.conf().resolve("redis-server");
    String resource = "/" + resource();
    try (InputStream in = RedisServer.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new StackException("embedded-redis has no binary " + resource);
      }
      Path part = target.resolveSibling("redis-server.part");
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      if (!part.toFile().setExecutable(true)) {
        throw new StackException("cannot make " + part + " executable");
      }
      // A running copy may not be overwritten, but it may be replaced.
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      return target;
    } catch (IOException e) {
      throw new StackException("cannot write " + target + ": " + e.getMessage(), e);
    }
  }

  private static String resource() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    if (os.contains("linux")) {
      return arm ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
    }
    if (os.contains("mac")) {
      return arm ? "redis-server-6.2.6-v5-darwin-arm64" : "redis-server-6.2.6-v5-darwin-amd64";
    }
    throw new StackException("no Redis binary for " + os + " " + arch + ": use Linux or macOS");
  }
}
