package io.tillstream.it;

import io.tillstream.local.layout.Endpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real way between a client and a real Redis that can be made slow or be cut. Its port is known
 * before the Redis behind it is: register it before the {@link Shop} whose job it serves.
 */
final class RedisProxy implements BeforeAllCallback, AfterAllCallback {
  private static final int CONNECT_MILLIS = 1_000;

  private final IntSupplier redis;
  private final int port;
  private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket door;
  private volatile Duration delay = Duration.ZERO;

  /** Before the Redis of that test class's stack. */
  static RedisProxy of(Class<?> test) {
    return new RedisProxy(() -> redisOf(test));
  }

  private static int redisOf(Class<?> test) {
    String address = Endpoints.read(Shop.runOf(test)).redis();
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /**
   * @param redis the port of the Redis behind it, asked for with each connection
   */
  RedisProxy(IntSupplier redis) {
    this.redis = redis;
    open(0);
    port = door.getLocalPort();
  }

  int port() {
    return port;
  }

  /** The address to give to the job. */
  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** How long each answer is held back from now on; zero for none. */
  void delayAnswers(Duration length) {
    delay = length;
  }

  /** Refuses whoever comes and breaks what is connected; {@link #mend} ends it. */
  synchronized void cut() {
    close(door);
    connections.forEach(ProxyConnection::close);
  }

  /** Lets pass again. */
  synchronized void mend() {
    if (door.isClosed()) {
      open(port);
    }
  }

  /**
   * Cut for so long, mended for so long, again and again.
   *
   * @param times how often it is cut
   * @return done when it was mended for the last time
   */
  CompletableFuture<Void> flap(Duration phase, int times) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    for (int i = 0; i < times; i++) {
      var cutting = clock.schedule(this::cut, 2L * i * phase.toNanos(), TimeUnit.NANOSECONDS);
      var mending =
          clock.schedule(this::mend, (2L * i + 1) * phase.toNanos(), TimeUnit.NANOSECONDS);
      end.whenComplete(
          (done, failure) -> {
            cutting.cancel(false);
            mending.cancel(false);
          });
    }
    var ending =
        clock.schedule(
            () -> end.complete(null), 2L * times * phase.toNanos(), TimeUnit.NANOSECONDS);
    end.whenComplete(
        (done, failure) -> {
          ending.cancel(false);
          clock.shutdown();
        });
    return end;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    mend();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    delay = Duration.ZERO;
    cut();
  }

  private void open(int where) {
    try {
      ServerSocket fresh = new ServerSocket();
      fresh.setReuseAddress(true);
      fresh.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), where));
      door = fresh;
      start("redis-proxy", () -> welcome(fresh));
    } catch (IOException e) {
      throw new AssertionError("the proxy can't listen", e);
    }
  }

  private void welcome(ServerSocket at) {
    while (!at.isClosed()) {
      try {
        connect(at, at.accept());
      } catch (IOException closed) {
        // Cut, or closed for good.
      }
    }
  }

  private void connect(ServerSocket at, Socket client) {
    Socket server = new Socket();
    try {
      server.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), redis.getAsInt()),
          CONNECT_MILLIS);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException | RuntimeException nobodyThere) {
      // As Redis' own port would: whoever connects is turned away.
      close(client);
      close(server);
      return;
    }
    ProxyConnection connection = new ProxyConnection(client, server, () -> delay);
    connections.add(connection);
    connection.whenClosed(() -> connections.remove(connection));
    connection.start();
    if (at.isClosed()) {
      connection.close();
    }
  }

  static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  static void close(AutoCloseable it) {
    try {
      it.close();
    } catch (Exception already) {
      // Closed is closed.
    }
  }
}
