package io.tillstream.operators.alerting.webhooks.sending;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorStatus;

/**
 * Makes attempts over HTTP/1.1 with a client that never blocks: one thread for all connections, one
 * for the time-outs, one for each name that is being looked up. No attempt outlasts its time-out,
 * however slowly its receiver speaks.
 */
public final class HttpPoster implements Poster {
  private final Duration timeout;
  private final Secrets secrets;
  private final Clock clock;
  private final CheckedAddresses addresses;
  private final ScheduledExecutorService timer;
  private final ExecutorService threads;
  private final HostNames names;
  private CloseableHttpAsyncClient client;
  private volatile boolean closed;

  /**
   * A poster, open.
   *
   * @param timeout how long one attempt may take in all
   * @param allowPrivate whether it may go to other than public addresses
   * @param secrets what signs
   * @param clock stamps the attempts
   */
  public HttpPoster(Duration timeout, boolean allowPrivate, Secrets secrets, Clock clock) {
    this(timeout, allowPrivate, secrets, clock, InetAddress::getAllByName);
  }

  HttpPoster(
      Duration timeout,
      boolean allowPrivate,
      Secrets secrets,
      Clock clock,
      HostNames.Lookup lookup) {
    this.timeout = timeout;
    this.secrets = secrets;
    this.clock = clock;
    this.addresses = new CheckedAddresses(allowPrivate);
    this.timer = Executors.newSingleThreadScheduledExecutor(daemon("webhook-timer"));
    this.threads = Executors.newCachedThreadPool(daemon("webhook-names"));
    this.names = new HostNames(lookup, threads);
    threads.execute(this::warmUp);
  }

  // Trusted certificates take a while to load; the first webhook should not wait for them.
  private void warmUp() {
    try {
      var unused = client();
    } catch (RejectedExecutionException e) {
      // Closed already.
    }
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void post(Destination destination, String webhookId, byte[] body, Consumer<Reply> done) {
    Attempt attempt = new Attempt(done);
    try {
      attempt.timer(
          timer.schedule(() -> expire(attempt), timeout.toMillis(), TimeUnit.MILLISECONDS));
      names.find(destination.host(), found -> send(attempt, destination, webhookId, body, found));
    } catch (RejectedExecutionException e) {
      attempt.end(Reply.failed("the sender is closed"));
    }
  }

  private void expire(Attempt attempt) {
    attempt.giveUp(Reply.failed(noAnswer()));
    try {
      // Once more, for a connection that was just being made.
      var unused = timer.schedule(attempt::close, timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closed, and with it all connections.
    }
  }

  private String noAnswer() {
    return "no answer within " + timeout.toMillis() + " ms";
  }

  private void send(
      Attempt attempt,
      Destination destination,
      String webhookId,
      byte[] body,
      InetAddress[] found) {
    if (attempt.hasEnded()) {
      return;
    }
    try {
      if (found == null || found.length == 0) {
        attempt.end(Reply.failed("the host has no address"));
        return;
      }
      addresses.allow(destination.host(), found);
      List<Secret> keys = secrets.of(destination);
      attempt.request(
          client()
              .execute(
                  SimpleRequestProducer.create(request(destination, webhookId, body, keys)),
                  new ReplyReader(attempt, clock),
                  Clients.context(attempt),
                  new Told(attempt)));
    } catch (RefusedException e) {
      attempt.end(Reply.refused(e.getMessage()));
    } catch (RuntimeException e) {
      attempt.end(Reply.failed("the request could not be made: " + e.getClass().getSimpleName()));
    }
  }

  private SimpleHttpRequest request(
      Destination destination, String webhookId, byte[] body, List<Secret> keys) {
    Instant now = clock.instant();
    return SimpleRequestBuilder.post(destination.uri())
        .addHeader("webhook-id", webhookId)
        .addHeader("webhook-timestamp", Long.toString(now.getEpochSecond()))
        .addHeader("webhook-signature", Signer.sign(webhookId, now.getEpochSecond(), body, keys))
        .setBody(body, ContentType.APPLICATION_JSON)
        .build();
  }

  /** What the client says in the end. */
  private final class Told implements FutureCallback<Reply> {
    private final Attempt attempt;

    Told(Attempt attempt) {
      this.attempt = attempt;
    }

    @Override
    public void completed(Reply reply) {
      attempt.end(reply);
    }

    @Override
    public void failed(Exception cause) {
      attempt.end(Reply.failed(words(cause)));
    }

    @Override
    public void cancelled() {
      attempt.end(Reply.failed("given up"));
    }
  }

  // The client's own messages may hold addresses and more of the URL than may be shown.
  private String words(Exception cause) {
    if (cause instanceof SocketTimeoutException) {
      return noAnswer(); // its own time-out came first
    }
    if (cause instanceof ConnectException) {
      return "no connection (refused or unreachable)";
    }
    if (cause instanceof SSLException) {
      return "no secure connection (" + cause.getClass().getSimpleName() + ")";
    }
    if (cause instanceof ConnectionClosedException) {
      return "the connection was closed without an answer";
    }
    return cause instanceof IOException
        ? "the connection broke (" + cause.getClass().getSimpleName() + ")"
        : "no answer that can be read (" + cause.getClass().getSimpleName() + ")";
  }

  // An error in the client's thread ends the client: the next attempt gets a new one.
  private synchronized CloseableHttpAsyncClient client() {
    if (closed) {
      throw new RejectedExecutionException("the sender is closed");
    }
    // A new one is inactive for a moment: only one that is over is replaced.
    if (client == null || client.getStatus().compareTo(IOReactorStatus.ACTIVE) > 0) {
      if (client != null) {
        client.close(CloseMode.IMMEDIATE);
      }
      client = Clients.open(timeout, addresses);
    }
    return client;
  }

  @Override
  public void close() {
    closed = true;
    timer.shutdownNow();
    threads.shutdownNow();
    synchronized (this) {
      if (client != null) {
        client.close(CloseMode.IMMEDIATE);
      }
    }
  }
}
