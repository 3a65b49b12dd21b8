package io.tillstream.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * One client's way to Redis and back. Each piece of an answer goes on when its delay is over, by
 * itself: a long answer in many pieces is as late as a short one.
 */
final class ProxyConnection implements AutoCloseable {
  private static final int PIECE = 1 << 16;

  /** A piece of an answer, and when it may go on. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  private record Piece(byte[] bytes, long due) {}

  private static final Piece END = new Piece(new byte[0], 0);

  private final Socket client;
  private final Socket server;
  private final Supplier<Duration> delay;
  private final BlockingQueue<Piece> answers = new LinkedBlockingQueue<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Runnable whenClosed = () -> {};

  ProxyConnection(Socket client, Socket server, Supplier<Duration> delay) {
    this.client = client;
    this.server = server;
    this.delay = delay;
  }

  void whenClosed(Runnable work) {
    whenClosed = work;
  }

  void start() {
    RedisProxy.start("redis-proxy-asks", this::ask);
    RedisProxy.start("redis-proxy-hears", this::hear);
    RedisProxy.start("redis-proxy-answers", this::answer);
  }

  private void ask() {
    try {
      client.getInputStream().transferTo(server.getOutputStream());
    } catch (IOException broken) {
      // Closed below, on both sides.
    } finally {
      close();
    }
  }

  private void hear() {
    byte[] buffer = new byte[PIECE];
    try {
      InputStream in = server.getInputStream();
      int count = in.read(buffer);
      while (count >= 0) {
        answers.add(
            new Piece(Arrays.copyOf(buffer, count), System.nanoTime() + delay.get().toNanos()));
        count = in.read(buffer);
      }
    } catch (IOException broken) {
      // The client learns of it when it got what was answered before.
    } finally {
      answers.add(END);
    }
  }

  private void answer() {
    try {
      Piece piece = answers.take();
      while (piece != END) {
        long early = piece.due() - System.nanoTime();
        while (early > 0) {
          LockSupport.parkNanos(early);
          early = piece.due() - System.nanoTime();
        }
        client.getOutputStream().write(piece.bytes());
        piece = answers.take();
      }
    } catch (IOException broken) {
      // Closed below, on both sides.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      RedisProxy.close(client);
      RedisProxy.close(server);
      whenClosed.run();
    }
  }
}
