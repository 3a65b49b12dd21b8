package io.tillstream.operators.alerting.webhooks.sending;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Judges an answer by its head, and reads its body only so that the connection can be used again:
 * an answer of more than a few KiB ends the connection instead.
 */
final class ReplyReader implements AsyncResponseConsumer<Reply> {
  private static final int MOST_BYTES = 4_096;

  private final Attempt attempt;
  private final Clock clock;
  private Reply reply;
  private FutureCallback<Reply> callback;
  private long bytes;

  ReplyReader(Attempt attempt, Clock clock) {
    this.attempt = attempt;
    this.clock = clock;
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      EntityDetails entity,
      HttpContext context,
      FutureCallback<Reply> resultCallback) {
    Header wait = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    reply = Reply.of(response.getCode(), wait == null ? null : wait.getValue(), clock.instant());
    attempt.head(reply);
    callback = resultCallback;
    if (entity == null) {
      resultCallback.completed(reply);
    }
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) {
    // 1xx: the answer is still to come.
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    channel.update(MOST_BYTES);
  }

  @Override
  public void consume(ByteBuffer source) throws IOException {
    if (attempt.isGivenUp()) {
      throw new InterruptedIOException("given up"); // closes the connection
    }
    bytes += source.remaining();
    source.position(source.limit());
    if (bytes > MOST_BYTES) {
      attempt.giveUp(reply);
    }
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) {
    callback.completed(reply);
  }

  @Override
  public void failed(Exception cause) {
    // The client tells the attempt as well.
  }

  @Override
  public void releaseResources() {
    // Nothing is held.
  }
}
