package io.tillstream.jobs;

import io.tillstream.jobs.redis.RedisAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.embedded.core.ExecutableProvider;

/** A real Redis; it keeps its data over a kill. */
final class TestRedis extends TestServer {
  private final Path folder;
  private final int port;

  TestRedis(Path folder) throws IOException {
    super(folder);
    this.folder = folder;
    this.port = freePort();
  }

  RedisAddress address() {
    return new RedisAddress("redis://127.0.0.1:" + port);
  }

  /** A client for the test's own use. */
  Jedis client() {
    return new Jedis("127.0.0.1", port);
  }

  @Override
  List<String> command() throws IOException {
    Path executable = ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
    return List.of(
        executable.toString(),
        "--bind",
        "127.0.0.1",
        "--port",
        Integer.toString(port),
        "--dir",
        folder.toString(),
        "--save",
        "",
        "--appendonly",
        "yes",
        "--appendfsync",
        "always");
  }

  @Override
  boolean serves() {
    try (Jedis jedis = client()) {
      return jedis.ping().equals("PONG");
    }
  }
}
