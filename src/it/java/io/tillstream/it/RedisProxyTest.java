package io.tillstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy before a server that says what it hears. */
class RedisProxyTest {
  private static final int TIMEOUT_MILLIS = 5_000;

  private ServerSocket echo;
  private RedisProxy proxy;

  @BeforeEach
  void open() throws IOException {
    echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    RedisProxy.start("echo", this::serve);
    proxy = new RedisProxy(echo::getLocalPort);
  }

  @AfterEach
  void close() throws IOException {
    proxy.cut();
    echo.close();
  }

  private void serve() {
    while (!echo.isClosed()) {
      try {
        Socket client = echo.accept();
        RedisProxy.start("echo-one", () -> repeat(client));
      } catch (IOException closed) {
        // The test is over.
      }
    }
  }

  private static void repeat(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException cut) {
      // As it shall be.
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private static int ask(Socket socket, int question) throws IOException {
    socket.getOutputStream().write(question);
    return socket.getInputStream().read();
  }

  @Test
  void letsPassAndHoldsBackEachAnswer() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 7)).isEqualTo(7);
      proxy.delayAnswers(Duration.ofMillis(200));
      for (int question = 1; question <= 3; question++) {
        long asked = System.nanoTime();
        assertThat(ask(client, question)).isEqualTo(question);
        assertThat(Duration.ofNanos(System.nanoTime() - asked))
            .isBetween(Duration.ofMillis(200), Duration.ofSeconds(2));
      }
    }
  }

  @Test
  void isCutAndMendedAtTheSameAddress() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 1)).isEqualTo(1);
      proxy.cut();
      assertThat(broken(client)).isTrue();
      assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    }
    proxy.mend();
    try (Socket client = connect()) {
      assertThat(ask(client, 2)).isEqualTo(2);
    }
  }

  private static boolean broken(Socket client) {
    try {
      return ask(client, 2) < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void turnsAwayWhoeverComesWhileNobodyIsBehindIt() throws IOException {
    echo.close();
    try (Socket client = connect()) {
      assertThat(broken(client)).isTrue();
    }
  }

  @Test
  void flapsAndEndsMended() throws Exception {
    proxy.flap(Duration.ofMillis(50), 3).get(10, TimeUnit.SECONDS);
    try (Socket client = connect()) {
      assertThat(ask(client, 3)).isEqualTo(3);
    }
  }
}
