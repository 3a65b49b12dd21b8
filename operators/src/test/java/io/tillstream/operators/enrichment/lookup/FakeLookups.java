package io.tillstream.operators.enrichment.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A catalog in memory that fails when told to. */
public final class FakeLookups implements Lookups {

  /** What all its connections share. */
  public static final class World implements Lookups.Factory {
    private static final long serialVersionUID = 1L;
    private static final Map<Long, World> ALL = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong();

    public final transient Map<LookupKey, Answer> catalog = new ConcurrentHashMap<>();
    public final transient List<List<LookupKey>> batches =
        java.util.Collections.synchronizedList(new ArrayList<>());
    public final transient AtomicInteger failNext = new AtomicInteger();
    public final transient AtomicInteger opened = new AtomicInteger();
    public final transient AtomicInteger closed = new AtomicInteger();
    public volatile boolean down;
    public volatile boolean hangs;
    public volatile double failureRate;
    private final long id = NEXT.incrementAndGet();

    public World() {
      ALL.put(id, this);
    }

    // Flink serialises factories; all copies in this process are one world.
    private Object readResolve() {
      return ALL.get(id);
    }

    public World category(String item, String category) {
      catalog.put(new LookupKey(LookupKind.CATEGORY, item), Answer.of(category));
      return this;
    }

    public World segment(String user, String segment) {
      catalog.put(new LookupKey(LookupKind.SEGMENT, user), Answer.of(segment));
      return this;
    }

    @Override
    public Lookups open() {
      opened.incrementAndGet();
      return new FakeLookups(this);
    }
  }

  private final World world;
  private volatile boolean aborted;

  private FakeLookups(World world) {
    this.world = world;
  }

  @Override
  public List<Answer> ask(List<LookupKey> keys) throws LookupFailure {
    world.batches.add(List.copyOf(keys));
    check();
    if (world.failNext.getAndUpdate(n -> Math.max(0, n - 1)) > 0
        || Math.random() < world.failureRate) {
      throw new LookupFailure("told to", null);
    }
    return keys.stream().map(key -> world.catalog.getOrDefault(key, Answer.UNKNOWN)).toList();
  }

  @Override
  public void probe() throws LookupFailure {
    check();
  }

  private void check() throws LookupFailure {
    aborted = false;
    while (world.hangs && !aborted) {
      LockSupport.parkNanos(1_000_000);
    }
    if (aborted || world.down) {
      throw new LookupFailure("down", null);
    }
  }

  @Override
  public void abort() {
    aborted = true;
  }

  @Override
  public void close() {
    world.closed.incrementAndGet();
    aborted = true;
  }
}
