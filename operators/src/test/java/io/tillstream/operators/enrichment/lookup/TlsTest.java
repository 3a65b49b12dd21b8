package io.tillstream.operators.enrichment.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code rediss://}: the certificate must be trusted and fit the host. */
@Timeout(60)
class TlsTest {
  private static final String PASSWORD = "changeit";
  private static final String TRUST = "javax.net.ssl.trustStore";

  @TempDir Path folder;

  private Path certificate(String host) throws Exception {
    Path store = folder.resolve(host + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "redis",
                "-keyalg",
                "EC",
                "-dname",
                "CN=redis",
                "-ext",
                "SAN=" + host,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).isZero();
    return store;
  }

  private static SSLServerSocket serve(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> answerAll(server), "tls-server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private static void answerAll(SSLServerSocket server) {
    byte[] request = new byte[1_024];
    while (!server.isClosed()) {
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        if (socket.getInputStream().read(request) > 0) {
          socket.getOutputStream().write("+PONG\r\n".getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        // the client did not like the certificate
      }
    }
  }

  private static void probe(SSLServerSocket server) throws LookupFailure {
    // A busy machine may take its time for a handshake: only a wrong certificate may fail here.
    RedisOptions options =
        new RedisOptions(
            "rediss://127.0.0.1:" + server.getLocalPort(),
            "",
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20));
    try (Lookups lookups = new RedisLookups(options)) {
      lookups.probe();
    }
  }

  @Test
  void onlyTheRightCertificateWillDo() throws Exception {
    Path right = certificate("IP:127.0.0.1");
    Path otherHost = certificate("DNS:elsewhere.example");
    String before = System.getProperty(TRUST);
    try (SSLServerSocket server = serve(right);
        SSLServerSocket other = serve(otherHost)) {
      assertThatThrownBy(() -> probe(server)).isInstanceOf(LookupFailure.class); // not trusted
      System.setProperty(TRUST, right.toString());
      System.setProperty(TRUST + "Password", PASSWORD);
      probe(server);
      System.setProperty(TRUST, otherHost.toString());
      assertThatThrownBy(() -> probe(other)).isInstanceOf(LookupFailure.class); // another's name
    } finally {
      System.clearProperty(TRUST + "Password");
      if (before == null) {
        System.clearProperty(TRUST);
      } else {
        System.setProperty(TRUST, before);
      }
    }
  }
}
