package io.tillstream.jobs;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A topic of made records, as a source that stays open unless it is given an end: it sends each
 * partition's records up to a limit that the test raises, replays from a savepoint, and rescales.
 *
 * @param <T> the records
 */
final class OpenSource<T> implements Source<T, OpenSource.Part, Boolean> {
  private static final long serialVersionUID = 1L;
  private static final int SLOW_MS = 40;
  private static final Executor SOON =
      CompletableFuture.delayedExecutor(SLOW_MS, TimeUnit.MILLISECONDS, Runnable::run);

  // Static, because the source that holds them is serialised.
  private static final Map<String, Feed> FEEDS = new ConcurrentHashMap<>();

  private final String name;
  private final int parts;
  private final Maker<T> maker;
  private final long end;

  /** Up to where a partition's records are there, and from where on they come one by one. */
  private record Feed(long limit, long slowFrom) {}

  /** Makes records. */
  interface Maker<T> extends Serializable {
    /** The record at {@code position}, from 0. */
    T make(int part, long position);

    /** What a reader says of a partition before it reads it, or null. */
    default T announce(int part, long position) {
      return null;
    }
  }

  /** A partition whose next record is that at {@code position}. */
  record Part(int number, long position) implements SourceSplit {
    @Override
    public String splitId() {
      return Integer.toString(number);
    }
  }

  /**
   * A source whose records {@code maker} makes.
   *
   * @param name under which the test sets limits
   */
  OpenSource(String name, int parts, Maker<T> maker) {
    this(name, parts, maker, Long.MAX_VALUE);
  }

  /**
   * A source that ends.
   *
   * @param end at which position every part ends, exclusive
   */
  OpenSource(String name, int parts, Maker<T> maker, long end) {
    this.name = name;
    this.parts = parts;
    this.maker = maker;
    this.end = end;
  }

  private boolean isBounded() {
    return end != Long.MAX_VALUE;
  }

  /**
   * Lets every partition's records flow.
   *
   * @param limit up to this position, exclusive
   * @param slowFrom from this position on each reader sends one in {@value #SLOW_MS} ms
   */
  static void feed(String name, long limit, long slowFrom) {
    FEEDS.put(name, new Feed(limit, slowFrom));
  }

  static void reset() {
    FEEDS.clear();
  }

  @Override
  public Boundedness getBoundedness() {
    return isBounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<T, Part> createReader(SourceReaderContext context) {
    return new Reader();
  }

  @Override
  public SplitEnumerator<Part, Boolean> createEnumerator(SplitEnumeratorContext<Part> context) {
    return new Enumerator(context, false);
  }

  @Override
  public SplitEnumerator<Part, Boolean> restoreEnumerator(
      SplitEnumeratorContext<Part> context, Boolean assigned) {
    return new Enumerator(context, assigned);
  }

  @Override
  public SimpleVersionedSerializer<Part> getSplitSerializer() {
    return new TextSerializer<>() {
      @Override
      Part read(String text) {
        String[] words = text.split(" ");
        return new Part(Integer.parseInt(words[0]), Long.parseLong(words[1]));
      }

      @Override
      String write(Part part) {
        return part.number() + " " + part.position();
      }
    };
  }

  @Override
  public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
    return new TextSerializer<>() {
      @Override
      Boolean read(String text) {
        return Boolean.valueOf(text);
      }

      @Override
      String write(Boolean assigned) {
        return assigned.toString();
      }
    };
  }

  private abstract static class TextSerializer<S> implements SimpleVersionedSerializer<S> {
    abstract S read(String text);

    abstract String write(S value);

    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(S value) {
      return write(value).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public S deserialize(int version, byte[] bytes) {
      return read(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private final class Enumerator implements SplitEnumerator<Part, Boolean> {
    private final SplitEnumeratorContext<Part> context;
    private final Map<Integer, List<Part>> back = new HashMap<>();
    private boolean assigned;

    Enumerator(SplitEnumeratorContext<Part> context, boolean assigned) {
      this.context = context;
      this.assigned = assigned;
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public void addSplitsBack(List<Part> splits, int subtask) {
      back.put(subtask, splits); // assigned after the last checkpoint; its reader comes again
    }

    @Override
    public void addReader(int subtask) {
      int readers = context.currentParallelism();
      List<Part> again = back.remove(subtask);
      if (again != null) {
        again.forEach(part -> context.assignSplit(part, subtask));
      }
      if (assigned || context.registeredReaders().size() < readers) {
        return;
      }
      for (int part = 0; part < parts; part++) {
        context.assignSplit(new Part(part, 0), part % readers);
      }
      assigned = true;
      if (isBounded()) {
        context.registeredReaders().keySet().forEach(context::signalNoMoreSplits);
      }
    }

    @Override
    public Boolean snapshotState(long checkpointId) {
      return assigned;
    }

    @Override
    public void close() {}
  }

  private final class Reader implements SourceReader<T, Part> {
    private final List<Part> mine = new ArrayList<>();
    private final Queue<T> announcements = new ArrayDeque<>();
    private int next;
    private boolean allThere;
    private CompletableFuture<Void> available = CompletableFuture.completedFuture(null);

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) {
      T announcement = announcements.poll();
      if (announcement != null) {
        output.collect(announcement);
        return InputStatus.MORE_AVAILABLE;
      }
      if (allThere && mine.stream().allMatch(part -> part.position() >= end)) {
        return InputStatus.END_OF_INPUT;
      }
      Feed feed = FEEDS.getOrDefault(name, new Feed(0, 0));
      for (int tried = 0; tried < mine.size(); tried++) {
        next = (next + 1) % mine.size();
        Part part = mine.get(next);
        if (part.position() < feed.limit()) {
          output.collect(maker.make(part.number(), part.position()));
          mine.set(next, new Part(part.number(), part.position() + 1));
          return part.position() < feed.slowFrom() ? InputStatus.MORE_AVAILABLE : later();
        }
      }
      return later();
    }

    private InputStatus later() {
      available = CompletableFuture.runAsync(() -> {}, SOON);
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public List<Part> snapshotState(long checkpointId) {
      return List.copyOf(mine);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return available;
    }

    @Override
    public void addSplits(List<Part> splits) {
      for (Part part : splits) {
        mine.add(part);
        T announcement = maker.announce(part.number(), part.position());
        if (announcement != null) {
          announcements.add(announcement);
        }
      }
    }

    @Override
    public void notifyNoMoreSplits() {
      allThere = true;
    }

    @Override
    public void close() {}
  }
}
