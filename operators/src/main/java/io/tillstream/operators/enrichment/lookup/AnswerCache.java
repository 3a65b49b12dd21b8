package io.tillstream.operators.enrichment.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Answers that still hold. Safe for many threads. */
final class AnswerCache {
  /** From this share of its life on, an answer in use is asked again. */
  private static final double FRESH = 0.8;

  private static final int MOST_SHARED = 10_000;

  /** An answer and the moment from which it should be asked again. */
  record Kept(Answer answer, long refreshAt) {}

  private final LongSupplier nanos;
  private final long ttl;
  private final long unknownTtl;
  private final Map<LookupKind, Cache<String, Kept>> caches = new EnumMap<>(LookupKind.class);
  private final Map<String, Answer> shared = new ConcurrentHashMap<>();

  AnswerCache(LookupOptions options, LongSupplier nanos) {
    this.nanos = nanos;
    this.ttl = options.cacheTtl().toNanos();
    this.unknownTtl = options.unknownTtl().toNanos();
    for (LookupKind kind : LookupKind.values()) {
      long size = kind == LookupKind.SEGMENT ? options.maxUsers() : options.maxProducts();
      caches.put(
          kind,
          Caffeine.newBuilder()
              .maximumSize(size)
              .expireAfter(new Life())
              .ticker(nanos::getAsLong)
              // Its housekeeping is short; a shared pool would hold on to this job's classes.
              .executor(Runnable::run)
              .build());
    }
  }

  /** The cache of one kind, for a reader that is in a hurry. */
  Cache<String, Kept> of(LookupKind kind) {
    return caches.get(kind);
  }

  void put(LookupKey key, Answer answer) {
    Answer kept = answer;
    if (answer.found()) {
      // Few categories, many products: share the text. Titles are all different.
      if (key.kind() != LookupKind.TITLE && shared.size() < MOST_SHARED) {
        kept = shared.computeIfAbsent(answer.value(), value -> answer);
      }
    }
    long life = answer.found() ? ttl : unknownTtl;
    long refreshAt = nanos.getAsLong() + (long) (life * FRESH);
    caches.get(key.kind()).put(key.id(), new Kept(kept, refreshAt));
  }

  /** Errors never get here; "no such" holds shorter, it may be a product of the last minute. */
  private final class Life implements Expiry<String, Kept> {
    @Override
    public long expireAfterCreate(String key, Kept kept, long now) {
      return kept.answer().found() ? ttl : unknownTtl;
    }

    @Override
    public long expireAfterUpdate(String key, Kept kept, long now, long left) {
      return expireAfterCreate(key, kept, now);
    }

    @Override
    public long expireAfterRead(String key, Kept kept, long now, long left) {
      return left;
    }
  }
}
