package io.tillstream.local.catalog;

import io.tillstream.local.process.StackException;
import io.tillstream.local.topics.LineSplitter;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.function.LongConsumer;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisException;

/** Loads JSON lines into Redis, pipelined, and says when the whole was there: last of all. */
public final class CatalogLoader {
  private static final String LOADED_AT = "catalog:loaded_at";
  private static final int BATCH = 1_000;

  private final URI redis;

  /**
   * @param redis like {@code redis://127.0.0.1:6379}
   */
  public CatalogLoader(URI redis) {
    this.redis = redis;
  }

  /**
   * Blank lines are skipped. What was loaded before a bad line stays, but the catalog does not
   * count as loaded by this.
   *
   * @return how many products and shoppers there were
   * @throws StackException naming the line and the field
   */
  public long load(LineSplitter lines, LongConsumer progress) throws IOException {
    long count = 0;
    long number = 0;
    try (Jedis jedis = new Jedis(redis, 10_000)) {
      Pipeline pipeline = jedis.pipelined();
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        number++;
        if (isBlank(line)) {
          continue;
        }
        put(pipeline, parse(line, number));
        count++;
        if (count % BATCH == 0) {
          pipeline.sync();
          progress.accept(count);
        }
      }
      pipeline.sync();
      jedis.set(LOADED_AT, Instant.now().toString());
      return count;
    } catch (JedisException e) {
      throw new StackException("Redis at " + redis + ": " + e.getMessage(), e);
    }
  }

  private static CatalogLine parse(byte[] line, long number) {
    try {
      return CatalogLine.parse(line);
    } catch (IllegalArgumentException bad) {
      throw new StackException("line " + number + ": " + bad.getMessage(), bad);
    }
  }

  private static void put(Pipeline pipeline, CatalogLine line) {
    if (!line.set().isEmpty()) {
      pipeline.hset(line.key(), line.set());
    }
    // What an earlier catalog said and this one does not.
    if (!line.missing().isEmpty()) {
      pipeline.hdel(line.key(), line.missing().toArray(new String[0]));
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
