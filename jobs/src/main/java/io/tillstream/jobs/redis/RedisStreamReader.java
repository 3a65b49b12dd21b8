package io.tillstream.jobs.redis;

import io.tillstream.operators.orchestration.ReportMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntryBinary;

/**
 * Reads the stream in a thread of Flink's, a fifth of a second at a time. Whatever Redis does, it
 * throws nothing: it says so once, waits and connects again.
 *
 * <p>Entries that were trimmed away before they were read are gone; reading goes on with the first
 * that is there. Ids of a stream only grow, so one whose newest id is smaller than the last one
 * read is another stream under the same name (Redis came back empty, or with less than it had):
 * then reading begins anew with what is there. What comes twice that way a reader of reports knows
 * by its sequence.
 */
final class RedisStreamReader implements SplitReader<RedisStreamEntry, RedisStreamSplit> {
  private static final Logger LOG = LoggerFactory.getLogger(RedisStreamReader.class);
  private static final Duration BLOCK = Duration.ofMillis(200);
  private static final long BACKOFF_MILLIS = 200;
  private static final int BATCH = 500;

  private final RedisAddress address;
  private final String stream;
  private final CountDownLatch closing = new CountDownLatch(1);
  private RedisStreamSplit split; // null before it is assigned
  private String lastId;
  private Jedis jedis;
  private boolean away;

  RedisStreamReader(RedisAddress address, String stream) {
    this.address = address;
    this.stream = stream;
  }

  @Override
  public void handleSplitsChanges(SplitsChange<RedisStreamSplit> changes) {
    if (changes instanceof SplitsAddition) {
      for (RedisStreamSplit added : changes.splits()) {
        split = added;
        lastId = added.lastId();
      }
    }
  }

  @Override
  public RecordsWithSplitIds<RedisStreamEntry> fetch() {
    RecordsBySplits.Builder<RedisStreamEntry> batch = new RecordsBySplits.Builder<>();
    if (split == null) {
      return batch.build();
    }
    List<RedisStreamEntry> steps = List.of();
    try {
      steps = read();
      if (away) {
        LOG.info("The bus in Redis is heard again, from {} on", lastId);
        away = false;
      }
    } catch (RuntimeException e) {
      disconnect();
      if (!away && closing.getCount() > 0) {
        LOG.warn("The bus in Redis is not heard for now: {}", e.getMessage());
        away = true;
      }
      pause();
    }
    batch.addAll(split, steps);
    return batch.build();
  }

  private List<RedisStreamEntry> read() {
    List<RedisStreamEntry> steps = new ArrayList<>();
    if (jedis == null) {
      jedis = address.connect(BLOCK);
      findPlace(steps);
    }
    List<StreamEntryBinary> entries = next();
    if (entries.isEmpty()) {
      findPlace(steps);
    }
    for (StreamEntryBinary entry : entries) {
      step(entry.getID().toString(), message(entry), steps);
    }
    return steps;
  }

  private void step(String id, ReportMessage message, List<RedisStreamEntry> steps) {
    lastId = id;
    steps.add(new RedisStreamEntry(id, message));
  }

  /** Makes sure that the position is one in the stream that is there now. */
  private void findPlace(List<RedisStreamEntry> steps) {
    StreamEntryID newest = newest();
    if (lastId.equals(RedisStreamSplit.END)) {
      step(newest.toString(), null, steps);
    } else if (newest.compareTo(new StreamEntryID(lastId)) < 0) {
      step(RedisStreamSplit.BEGIN, null, steps);
    }
  }

  private StreamEntryID newest() {
    try {
      return jedis.xinfoStream(stream).getLastGeneratedId();
    } catch (JedisDataException e) {
      if (String.valueOf(e.getMessage()).contains("no such key")) {
        return new StreamEntryID(RedisStreamSplit.BEGIN);
      }
      throw e;
    }
  }

  private List<StreamEntryBinary> next() {
    var answer =
        jedis.xreadBinary(
            XReadParams.xReadParams().count(BATCH).block(Math.toIntExact(BLOCK.toMillis())),
            Map.of(stream.getBytes(StandardCharsets.UTF_8), new StreamEntryID(lastId)));
    return answer == null || answer.isEmpty() ? List.of() : answer.get(0).getValue();
  }

  private static ReportMessage message(StreamEntryBinary entry) {
    for (Map.Entry<byte[], byte[]> field : entry.getFields().entrySet()) {
      if (Arrays.equals(field.getKey(), RedisReportChannel.FIELD)) {
        return new ReportMessage(field.getValue());
      }
    }
    return ReportMessage.of(null); // somebody else's entry: no report
  }

  private void pause() {
    try {
      var unused = closing.await(BACKOFF_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Flink ends the thread
    }
  }

  @Override
  public void wakeUp() {
    // No fetch takes long.
  }

  @Override
  public void pauseOrResumeSplits(
      java.util.Collection<RedisStreamSplit> toPause,
      java.util.Collection<RedisStreamSplit> toResume) {
    // Nothing here is aligned with anybody.
  }

  private void disconnect() {
    Jedis open = jedis;
    jedis = null;
    if (open != null) {
      try {
        open.close();
      } catch (RuntimeException e) {
        LOG.debug("Closing a broken connection", e);
      }
    }
  }

  @Override
  public void close() {
    closing.countDown();
    disconnect();
  }
}
