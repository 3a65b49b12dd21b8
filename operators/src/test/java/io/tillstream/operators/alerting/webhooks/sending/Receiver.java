package io.tillstream.operators.alerting.webhooks.sending;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A webhook receiver on a port of its own, by bare sockets: so it can misbehave in every way. What
 * it does is set from outside and may change between two requests.
 */
public final class Receiver implements AutoCloseable {

  /** A request as it came. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Got(String path, Map<String, String> headers, byte[] body) {

    /** A header, its name in lower case. */
    public String header(String name) {
      return headers.get(name);
    }

    /** The webhook's id. */
    public String id() {
      return header("webhook-id");
    }

    /** The body as text. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** How it answers. */
  @FunctionalInterface
  public interface Behaviour {
    /** Writes the answer, or not. */
    void answer(Got got, OutputStream out, CountDownLatch closing) throws Exception;
  }

  private final ServerSocket server;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Got> got = new CopyOnWriteArrayList<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile Behaviour behaviour;

  /** Listens. */
  public Receiver(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Answers with a status and nothing else. */
  public static Behaviour status(int status, String... headers) {
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return (got, out, closing) ->
        write(out, "HTTP/1.1 " + status + " X\r\n" + more + "Content-Length: 0\r\n\r\n");
  }

  /** Never answers. */
  public static Behaviour hang() {
    return (got, out, closing) -> closing.await();
  }

  /** Writes a text, then one character every 50 ms. */
  public static Behaviour drip(String atOnce) {
    return (got, out, closing) -> {
      write(out, atOnce);
      while (!closing.await(50, TimeUnit.MILLISECONDS)) {
        write(out, "x");
      }
    };
  }

  /** Writes a text and closes the connection. */
  public static Behaviour raw(String text) {
    return (got, out, closing) -> {
      write(out, text);
      throw new IOException("closed on purpose");
    };
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** From the next request on. */
  public void becomes(Behaviour next) {
    behaviour = next;
  }

  /** An address here. */
  public String url(String path) {
    return "http://127.0.0.1:" + server.getLocalPort() + path;
  }

  /** What came so far. */
  public List<Got> got() {
    return got;
  }

  /** How many connections were made so far. */
  public int connections() {
    return accepted.get();
  }

  /** How many of them are open. */
  public int open() {
    return sockets.size();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "test-receiver");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        sockets.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (Got next = read(in); next != null; next = read(in)) {
        got.add(next);
        behaviour.answer(next, socket.getOutputStream(), closing);
      }
    } catch (Exception e) {
      // The connection is over.
    } finally {
      sockets.remove(socket);
    }
  }

  private static Got read(InputStream in) throws IOException {
    String first = line(in);
    if (first == null) {
      return null;
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Got(first.split(" ", -1)[1], headers, in.readNBytes(length));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
