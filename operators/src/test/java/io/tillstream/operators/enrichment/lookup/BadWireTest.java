package io.tillstream.operators.enrichment.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a Redis cannot be made to say on demand: loading, moved, rubbish, a trickle. */
@Timeout(60)
class BadWireTest {
  private static final List<LookupKey> KEYS =
      List.of(new LookupKey(LookupKind.CATEGORY, "a"), new LookupKey(LookupKind.SEGMENT, "u"));

  private ServerSocket server;
  private Lookups lookups;
  private volatile String reply;
  private volatile boolean trickle;
  private volatile boolean hangUp;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "bad-wire");
    thread.setDaemon(true);
    thread.start();
    lookups = new RedisLookups(RedisOptions.of("redis://127.0.0.1:" + server.getLocalPort()));
  }

  @AfterEach
  void stop() throws IOException {
    lookups.close();
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept();
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
        String line;
        while ((line = in.readLine()) != null) {
          if (line.startsWith("*")) { // one reply a command
            say(socket.getOutputStream());
          }
          if (hangUp) {
            break;
          }
        }
      } catch (IOException e) {
        // the client went away
      }
    }
  }

  private void say(OutputStream out) throws IOException {
    byte[] bytes = reply.getBytes(StandardCharsets.US_ASCII);
    if (!trickle) {
      out.write(bytes);
      return;
    }
    for (byte b : bytes) {
      out.write(b);
      out.flush();
      LockSupport.parkNanos(50_000_000);
    }
  }

  private void assertFails(String message) {
    assertThatThrownBy(() -> lookups.ask(KEYS))
        .isInstanceOf(LookupFailure.class)
        .hasMessageContaining(message);
    assertThatThrownBy(lookups::probe).isInstanceOf(LookupFailure.class);
  }

  @Test
  void loadingFails() {
    reply = "-LOADING Redis is loading the dataset in memory\r\n";
    assertFails("LOADING");
  }

  @Test
  void movedAndOomAndMasterdownFail() {
    reply = "-MOVED 3999 127.0.0.1:6381\r\n";
    assertFails("");
    reply = "-OOM command not allowed when used memory > 'maxmemory'.\r\n";
    assertFails("OOM");
    reply = "-MASTERDOWN Link with MASTER is down\r\n";
    assertFails("MASTERDOWN");
  }

  @Test
  void rubbishFails() {
    reply = "HTTP/1.1 400 Bad Request\r\n";
    assertFails("");
    reply = ":7\r\n"; // a reply of another shape
    assertThatThrownBy(() -> lookups.ask(KEYS)).isInstanceOf(LookupFailure.class);
  }

  @Test
  void aConnectionThatEndsMidwayFails() {
    reply = "$1\r\n";
    hangUp = true;
    assertFails("");
  }

  @Test
  void aTrickleEndsAtTheBound() {
    // Every byte comes in time, so that no socket time-out strikes: only the bound of the whole.
    reply = "$40\r\n" + "x".repeat(40) + "\r\n";
    trickle = true;
    LookupOptions options = LookupOptions.standard();
    long begin = System.nanoTime();
    try (LookupService service =
        new LookupService(
            options,
            new RedisLookups.Factory(RedisOptions.of("redis://127.0.0.1:" + server.getLocalPort())),
            Runnable::run)) {
      Answer[] got = new Answer[1];
      assertThat(service.ask(KEYS.get(0), (key, answer) -> got[0] = answer)).isNull();
      while (service.stats().errors() == 0) {
        assertThat(System.nanoTime() - begin).isLessThan(10_000_000_000L);
        LockSupport.parkNanos(1_000_000);
      }
      while (service.stats().pending() > 0) {
        assertThat(System.nanoTime() - begin).isLessThan(10_000_000_000L);
        LockSupport.parkNanos(1_000_000);
      }
    }
  }
}
