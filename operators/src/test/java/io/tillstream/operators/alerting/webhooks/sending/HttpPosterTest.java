package io.tillstream.operators.alerting.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.tillstream.operators.alerting.webhooks.sending.Reply.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpPosterTest {
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final byte[] BODY = "{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_8);

  private final List<AutoCloseable> open = new ArrayList<>();

  // The first request of a JVM loads hundreds of classes.
  @BeforeAll
  static void warmUp() throws Exception {
    try (Receiver receiver = new Receiver(Receiver.status(200));
        HttpPoster poster =
            new HttpPoster(
                Duration.ofSeconds(20), true, any -> List.of(Secret.of(KEY)), Clock.systemUTC())) {
      assertThat(reply(poster, receiver.url("/")).kind()).isEqualTo(Kind.DONE);
    }
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (webhookThreads() > 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(webhookThreads()).as("threads left behind").isZero();
  }

  private static long webhookThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("webhook-"))
        .count();
  }

  private Receiver receiver(Receiver.Behaviour behaviour) throws IOException {
    Receiver receiver = new Receiver(behaviour);
    open.add(0, receiver);
    return receiver;
  }

  private HttpPoster poster(boolean allowPrivate, HostNames.Lookup lookup) {
    HttpPoster poster =
        new HttpPoster(
            TIMEOUT, allowPrivate, any -> List.of(Secret.of(KEY)), Clock.systemUTC(), lookup);
    open.add(0, poster);
    return poster;
  }

  private HttpPoster poster() {
    return poster(true, InetAddress::getAllByName);
  }

  private static CompletableFuture<Reply> post(Poster poster, String url) throws Exception {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    poster.post(Destination.of(url), "alert.1", BODY, reply::complete);
    return reply;
  }

  private static Reply reply(Poster poster, String url) throws Exception {
    return post(poster, url).get(25, TimeUnit.SECONDS);
  }

  @Test
  void sendsWhatAStandardReceiverVerifies() throws Exception {
    Receiver receiver = receiver(Receiver.status(204));
    assertThat(reply(poster(), receiver.url("/in?x=1")).kind()).isEqualTo(Kind.DONE);
    Receiver.Got got = receiver.got().get(0);
    assertThat(got.path()).isEqualTo("/in?x=1");
    assertThat(got.body()).isEqualTo(BODY);
    assertThat(got.header("content-type")).startsWith("application/json");
    assertThat(got.header("user-agent")).isEqualTo("tillstream-webhooks");
    assertThat(got.headers()).doesNotContainKeys("cookie", "authorization", "upgrade");
    new Webhook(KEY)
        .verify(
            got.text(),
            Map.of(
                "webhook-id", List.of(got.id()),
                "webhook-timestamp", List.of(got.header("webhook-timestamp")),
                "webhook-signature", List.of(got.header("webhook-signature"))));
  }

  @Test
  void usesAConnectionAgain() throws Exception {
    Receiver receiver = receiver(Receiver.status(200));
    HttpPoster poster = poster();
    for (int i = 0; i < 8; i++) {
      assertThat(reply(poster, receiver.url("/")).kind()).isEqualTo(Kind.DONE);
    }
    // The client may tell of an answer a moment before the connection is free again.
    assertThat(receiver.connections()).isLessThanOrEqualTo(2);
  }

  @Test
  void neverFollowsARedirect() throws Exception {
    Receiver goal = receiver(Receiver.status(200));
    Receiver receiver = receiver(Receiver.status(307, "Location: " + goal.url("/inside")));
    Reply reply = reply(poster(), receiver.url("/"));
    assertThat(reply.kind()).isEqualTo(Kind.REFUSED);
    assertThat(reply.what()).isEqualTo("HTTP 307 (redirects are not followed)");
    assertThat(goal.got()).isEmpty();
  }

  @Test
  void givesUpOnOneThatHangs() throws Exception {
    Receiver receiver = receiver(Receiver.hang());
    long begin = System.nanoTime();
    Reply reply = reply(poster(), receiver.url("/"));
    assertThat(reply).isEqualTo(Reply.failed("no answer within 1000 ms"));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void aDrippingHeadDoesNotOutlastTheTimeOut() throws Exception {
    Receiver receiver = receiver(Receiver.drip("HTTP/1.1 200 OK\r\nX-Slow: "));
    assertThat(reply(poster(), receiver.url("/")).kind()).isEqualTo(Kind.RETRY);
    awaitClosed(receiver);
  }

  // A receiver that writes notices that the other side has closed.
  private static void awaitClosed(Receiver receiver) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (receiver.open() > 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(receiver.open()).as("connections left open").isZero();
  }

  @Test
  void aDrippingBodyChangesNothingAboutTheHead() throws Exception {
    Receiver receiver =
        receiver(Receiver.drip("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"));
    assertThat(reply(poster(), receiver.url("/")).kind()).isEqualTo(Kind.DONE);
    awaitClosed(receiver);
  }

  @Test
  void readsNoMoreThanAFewKibibytesOfAnAnswer() throws Exception {
    Receiver receiver =
        receiver(
            Receiver.raw(
                "HTTP/1.1 500 X\r\nContent-Length: 100000000\r\n\r\n" + "x".repeat(200_000)));
    long begin = System.nanoTime();
    assertThat(reply(poster(), receiver.url("/")).what()).isEqualTo("HTTP 500");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TIMEOUT);
  }

  @Test
  void anAnswerThatIsNoneIsWorthAnotherAttempt() throws Exception {
    assertThat(reply(poster(), receiver(Receiver.raw("")).url("/")).kind()).isEqualTo(Kind.RETRY);
    assertThat(reply(poster(), receiver(Receiver.raw("nonsense\r\n\r\n")).url("/")).kind())
        .isEqualTo(Kind.RETRY);
  }

  @Test
  void aDeadPortIsWorthAnotherAttempt() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Reply reply = reply(poster(), "http://127.0.0.1:" + port + "/verysecret");
    assertThat(reply).isEqualTo(Reply.failed("no connection (refused or unreachable)"));
  }

  @Test
  void refusesPrivateAddressesUnlessAllowed() throws Exception {
    Receiver receiver = receiver(Receiver.status(200));
    Reply reply = reply(poster(false, InetAddress::getAllByName), receiver.url("/"));
    assertThat(reply).isEqualTo(Reply.refused("the host has a loopback address"));
    assertThat(receiver.connections()).isZero();
    assertThat(receiver.got()).isEmpty();
  }

  @Test
  void refusesANameWithOnePrivateAddressAmongOthers() throws Exception {
    InetAddress[] mixed = {
      InetAddress.getByName("93.184.216.34"), InetAddress.getByName("169.254.169.254")
    };
    assertThat(reply(poster(false, host -> mixed), "http://sly.example/"))
        .isEqualTo(Reply.refused("the host has a link-local address"));
  }

  @Test
  void connectsToTheAddressThatWasCheckedAndAsksNobodyAgain() throws Exception {
    Receiver receiver = receiver(Receiver.status(200));
    AtomicInteger asked = new AtomicInteger();
    HttpPoster poster =
        poster(
            true,
            host -> {
              asked.incrementAndGet();
              return new InetAddress[] {InetAddress.getLoopbackAddress()};
            });
    String url = receiver.url("/").replace("127.0.0.1", "no-such-name.invalid");
    assertThat(reply(poster, url).kind()).isEqualTo(Kind.DONE);
    assertThat(asked).hasValue(1);
    assertThat(receiver.got().get(0).header("host")).startsWith("no-such-name.invalid:");
  }

  @Test
  void findsTheCheckedAddressOfAHostHoweverItIsWritten() throws Exception {
    Receiver receiver = receiver(Receiver.status(200));
    HttpPoster poster = poster(true, host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
    for (String host : List.of("Hooks.EXAMPLE", "[2606:4700::1]", "hooks.example.")) {
      assertThat(reply(poster, receiver.url("/").replace("127.0.0.1", host)).kind())
          .as(host)
          .isEqualTo(Kind.DONE);
    }
  }

  @Test
  void whoSpeaksNoTlsIsWorthAnotherAttempt() throws Exception {
    Receiver receiver = receiver(Receiver.status(200));
    Reply reply = reply(poster(), receiver.url("/").replace("http:", "https:"));
    assertThat(reply.kind()).isEqualTo(Kind.RETRY);
    assertThat(receiver.got()).isEmpty();
  }

  @Test
  void anUnknownNameIsWorthAnotherAttempt() throws Exception {
    HttpPoster poster =
        poster(
            true,
            host -> {
              throw new UnknownHostException(host);
            });
    assertThat(reply(poster, "http://nobody.example/"))
        .isEqualTo(Reply.failed("the host has no address"));
  }

  @Test
  void aNameServerThatHangsHoldsUpOnlyTheNameItIsAskedFor() throws Exception {
    Receiver receiver = receiver(Receiver.status(200));
    CountDownLatch hanging = new CountDownLatch(1);
    open.add(0, hanging::countDown);
    AtomicInteger asked = new AtomicInteger();
    HttpPoster poster =
        poster(
            true,
            host -> {
              if (host.equals("slow.example")) {
                asked.incrementAndGet();
                await(hanging);
              }
              return new InetAddress[] {InetAddress.getLoopbackAddress()};
            });
    List<CompletableFuture<Reply>> slow = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      slow.add(post(poster, receiver.url("/").replace("127.0.0.1", "slow.example")));
    }
    assertThat(reply(poster, receiver.url("/")).kind()).isEqualTo(Kind.DONE);
    for (CompletableFuture<Reply> each : slow) {
      assertThat(each.get(5, TimeUnit.SECONDS).what()).isEqualTo("no answer within 1000 ms");
    }
    assertThat(asked).as("one thread for one name").hasValue(1);
    assertThat(receiver.got()).hasSize(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void refusesToSendUnsigned() throws Exception {
    Receiver receiver = receiver(Receiver.status(200));
    HttpPoster poster = new HttpPoster(TIMEOUT, true, new SecretsFile("", null), Clock.systemUTC());
    open.add(0, poster);
    assertThat(reply(poster, receiver.url("/")))
        .isEqualTo(Reply.refused("there is no secret to sign with"));
    assertThat(receiver.got()).isEmpty();
  }

  @Test
  void closesAtOnceWhileRequestsHang() throws Exception {
    Receiver receiver = receiver(Receiver.hang());
    HttpPoster poster =
        new HttpPoster(
            Duration.ofMinutes(1), true, any -> List.of(Secret.of(KEY)), Clock.systemUTC());
    var unused = post(poster, receiver.url("/"));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (receiver.got().isEmpty() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    long begin = System.nanoTime();
    poster.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
  }
}
