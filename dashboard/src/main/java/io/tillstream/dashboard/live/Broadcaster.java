package io.tillstream.dashboard.live;

import io.tillstream.dashboard.view.View;
import io.tillstream.dashboard.view.Watched;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows clients what changed. All are served at the same beats, so that what is the same for many
 * is made once. Nobody is sent anything while the last text has not left: a slow client gets the
 * newest state later, never a queue of old ones, and one that takes nothing for long is let go.
 */
public final class Broadcaster implements AutoCloseable {
  /** Nobody gets more than one change in that time. */
  private static final long BEAT = 100_000_000L;

  /** Without any message: so often it is looked at what changes by time alone. */
  private static final long CALM_BEAT = 250_000_000L;

  /** What a client watches is large: it comes at most so often. */
  private static final long WATCHED_BEAT = 500_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(Broadcaster.class);

  private final Board board;
  private final Clock clock;
  private final LongSupplier nanos;
  private final long patience;
  private final Map<Link, Client> clients = new ConcurrentHashMap<>();
  private final LongAdder messages = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder made = new LongAdder();
  private final LongAdder letGo = new LongAdder();
  private final Bell bell;
  private final Thread thread;
  private volatile boolean closed;

  /** A text as it is sent to one or many. */
  private record Text(String text, int bytes) {
    Text(String text) {
      this(text, text.getBytes(StandardCharsets.UTF_8).length);
    }
  }

  /** A text on its way. */
  private record Letter(Client client, Text text) {}

  /**
   * A broadcaster; {@link #start} makes it work.
   *
   * @param clock tells the time that clients are told
   * @param nanos like {@link System#nanoTime}
   * @param patience nanoseconds after which a client that takes nothing is closed
   */
  public Broadcaster(Board board, Clock clock, LongSupplier nanos, long patience) {
    this.board = board;
    this.clock = clock;
    this.nanos = nanos;
    this.patience = patience;
    this.bell = new Bell(nanos);
    this.thread = new Thread(this::run, "broadcaster");
    thread.setDaemon(true);
    board.onChange(bell::change);
  }

  public void start() {
    thread.start();
  }

  /** A new client: it gets a snapshot at once. */
  public void join(Link link) {
    clients.put(link, new Client(link));
    bell.newcomer();
  }

  /** The client is gone. */
  public void leave(Link link) {
    Client client = clients.remove(link);
    if (client != null) {
      board.use(known -> stopWatching(client, known));
    }
  }

  /**
   * The client wants to see one key too, from now on.
   *
   * @param watched null for nothing any more
   */
  public void watch(Link link, Watched watched) {
    Client client = clients.get(link);
    if (client != null) {
      client.wish = new Client.Wish(watched);
      bell.newcomer();
    }
  }

  private void run() {
    long last = nanos.getAsLong() - BEAT;
    while (!closed) {
      try {
        boolean newcomer = bell.await(last + BEAT, last + CALM_BEAT);
        long now = nanos.getAsLong();
        boolean beat = now - last >= BEAT;
        if (beat || newcomer) {
          long sent = serve(now, beat);
          last = beat ? sent : last;
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        // One strange moment must not leave all browsers in the dark for ever.
        LOG.error("could not show what changed", e);
      }
    }
  }

  /**
   * Serves who is ready.
   *
   * @param beat whether all are; else only those who wait for their first text or asked something
   * @return when the texts were sent
   */
  private long serve(long now, boolean beat) {
    List<Letter> letters = new ArrayList<>();
    board.use(
        known -> {
          if (beat || known.screen().number() == 0) {
            known.screen().refresh(clock.millis());
          }
          Map<Long, Text> texts = new HashMap<>();
          Map<Watched, Text> watchedTexts = new HashMap<>();
          for (Client client : clients.values()) {
            if (client.stuck(now, patience)) {
              continue;
            }
            heed(client, known);
            if (client.busy()) {
              continue;
            }
            overview(client, known, now, beat, texts, letters);
            watched(client, known, now, watchedTexts, letters);
          }
          made.add(texts.size() + (long) watchedTexts.size());
        });
    // Counted from here, however long it took to make them.
    long sent = nanos.getAsLong();
    for (Letter letter : letters) {
      letter.client().sentAt = sent;
      send(letter, sent);
    }
    clients.values().stream().filter(client -> client.stuck(now, patience)).forEach(this::letGo);
    return sent;
  }

  private void overview(
      Client client,
      Board.Known known,
      long now,
      boolean beat,
      Map<Long, Text> texts,
      List<Letter> letters) {
    long shown = client.life == known.life() ? client.shown : View.NOTHING;
    boolean first = shown == View.NOTHING;
    if (shown == known.screen().number() || (!beat && !first)) {
      return;
    }
    if (now - client.sentAt < BEAT) {
      bell.change(); // not yet; at the next beat
      return;
    }
    client.life = known.life();
    client.shown = known.screen().number();
    letters.add(
        new Letter(
            client, texts.computeIfAbsent(shown, from -> new Text(known.screen().message(from)))));
  }

  private static void watched(
      Client client, Board.Known known, long now, Map<Watched, Text> texts, List<Letter> letters) {
    if (client.watching == null) {
      return;
    }
    if (client.watchedLife != known.life()) {
      client.watchedLife = known.life();
      client.watchedShown = View.NOTHING;
      known.view().watch(client.watching);
    }
    long changed = known.view().changed(client.watching);
    if (changed > client.watchedShown && now - client.watchedSentAt >= WATCHED_BEAT) {
      client.watchedShown = changed;
      client.watchedSentAt = now;
      letters.add(
          new Letter(
              client,
              texts.computeIfAbsent(
                  client.watching, one -> new Text(known.answers().watched(one)))));
    }
  }

  private static void heed(Client client, Board.Known known) {
    Client.Wish wish = client.wish;
    if (wish != null) {
      client.wish = null;
      stopWatching(client, known);
      if (wish.watched() != null) {
        client.watching = wish.watched();
        client.watchedLife = known.life();
        client.watchedShown = View.NOTHING;
        client.watchedSentAt = Client.NEVER;
        known.view().watch(client.watching);
      }
    }
  }

  private static void stopWatching(Client client, Board.Known known) {
    if (client.watching != null && client.watchedLife == known.life()) {
      known.view().unwatch(client.watching);
    }
    client.watching = null;
  }

  private void send(Letter letter, long now) {
    messages.increment();
    bytes.add(letter.text().bytes());
    try {
      letter.client().send(letter.text().text(), now, bell::change);
    } catch (RuntimeException gone) {
      leave(letter.client().link);
    }
  }

  private void letGo(Client client) {
    letGo.increment();
    leave(client.link);
    client.link.close("took nothing for too long");
  }

  public int clients() {
    return clients.size();
  }

  /** How many texts were sent. */
  public long messages() {
    return messages.sum();
  }

  /** How many bytes those were. */
  public long bytes() {
    return bytes.sum();
  }

  /** How many texts were made: fewer than were sent where clients got the same. */
  public long made() {
    return made.sum();
  }

  /** How many clients were closed because they took nothing. */
  public long letGo() {
    return letGo.sum();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    clients.keySet().forEach(link -> link.close("the server stops"));
    clients.clear();
  }
}
