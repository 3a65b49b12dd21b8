package io.tillstream.dashboard.kafka;

import io.tillstream.dashboard.live.Board;
import io.tillstream.dashboard.view.Feed;
import io.tillstream.dashboard.view.Message;
import io.tillstream.dashboard.view.Message.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the board from the topics: one thread, one consumer, assigned partitions, no group. While
 * Kafka is away the board keeps what it knows and says that nothing new comes.
 */
public final class TopicFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(100);

  /** Who has not read by now what was there so long ago is behind. */
  private static final long BEHIND = 3_000_000_000L;

  /** Kafka that was not heard of for so long is away. */
  private static final long AWAY = 5_000_000_000L;

  /** No honest row, report or decision is larger; what is, is not even parsed. */
  private static final int LARGEST = 1 << 18;

  private final KafkaAddress address;
  private final Board board;
  private final Scout scout;
  private final Thread thread = new Thread(this::run, "topics");
  private final Map<String, Topic> topics = new HashMap<>();
  private final Map<Topic, LongAdder> records = new EnumMap<>(Topic.class);
  private final Map<Topic, LongAdder> rejected = new EnumMap<>(Topic.class);
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Deque<Survey> surveys = new ArrayDeque<>();
  private Map<TopicPartition, Long> firstEnds;
  private boolean caughtUp;
  private volatile boolean closed;

  /** A follower; {@link #start} makes it work. */
  public TopicFollower(KafkaAddress address, Board board, Clock clock) {
    this.address = address;
    this.board = board;
    this.scout = new Scout(address, board, clock);
    for (Topic topic : Topic.values()) {
      topics.put(address.topic(topic.text()), topic);
      records.put(topic, new LongAdder());
      rejected.put(topic, new LongAdder());
    }
    thread.setDaemon(true);
  }

  public void start() {
    scout.start();
    thread.start();
  }

  /** How many records of a topic were read. */
  public long records(Topic topic) {
    return records.get(topic).sum();
  }

  /** How many records of a topic were none that belongs there. */
  public long rejected(Topic topic) {
    return rejected.get(topic).sum();
  }

  private void run() {
    while (!closed) {
      try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
        follow(consumer);
      } catch (WakeupException | InterruptException e) {
        return;
      } catch (KafkaException e) {
        LOG.warn("reading begins anew: " + e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("reading begins anew", e);
      }
      try {
        tellFeed();
        TimeUnit.MILLISECONDS.sleep(500);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Properties properties = address.properties();
    properties.setProperty("enable.auto.commit", "false");
    properties.setProperty("allow.auto.create.topics", "false");
    // Only where retention has overtaken the reader.
    properties.setProperty("auto.offset.reset", "earliest");
    properties.setProperty("max.poll.records", "2000");
    properties.setProperty("fetch.max.bytes", String.valueOf(8 << 20));
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void follow(KafkaConsumer<byte[], byte[]> consumer) {
    while (!closed) {
      if (newSurvey(consumer)) {
        assign(consumer);
      }
      if (positions.isEmpty()) {
        pause();
      } else {
        take(consumer, consumer.poll(POLL));
      }
      tellFeed();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private boolean newSurvey(KafkaConsumer<byte[], byte[]> consumer) {
    Survey now = scout.newest();
    Survey last = surveys.peekLast();
    if (now == null || now == last) {
      return false;
    }
    if (last != null && now.generation() != last.generation()) {
      LOG.info("the topics were made anew: all begins anew");
      surveys.clear();
      positions.clear();
      firstEnds = null;
      caughtUp = false;
      consumer.unsubscribe();
      board.reset();
    }
    surveys.addLast(now);
    while (surveys.size() > 10) {
      surveys.removeFirst();
    }
    firstEnds = firstEnds == null ? now.ends() : firstEnds;
    now.starts().forEach(positions::putIfAbsent);
    return true;
  }

  private void assign(KafkaConsumer<byte[], byte[]> consumer) {
    if (!consumer.assignment().equals(positions.keySet())) {
      consumer.assign(positions.keySet());
      positions.forEach(consumer::seek);
    }
  }

  private void take(KafkaConsumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> batch) {
    if (!batch.isEmpty()) {
      Map<Topic, List<Message>> messages = new EnumMap<>(Topic.class);
      for (ConsumerRecord<byte[], byte[]> record : batch) {
        Topic topic = topics.get(record.topic());
        records.get(topic).increment();
        if (record.value() != null && record.value().length > LARGEST) {
          rejected.get(topic).increment();
        } else {
          messages
              .computeIfAbsent(topic, t -> new ArrayList<>())
              .add(new Message(topic, record.timestamp(), record.value()));
        }
      }
      messages.forEach((topic, its) -> rejected.get(topic).add(board.apply(its)));
    }
    // Also without records: gaps of compaction are passed silently.
    for (TopicPartition partition : consumer.assignment()) {
      positions.put(partition, consumer.position(partition));
    }
  }

  private void tellFeed() {
    Survey last = surveys.peekLast();
    if (last == null) {
      board.feed(Feed.NONE);
      return;
    }
    long now = System.nanoTime();
    caughtUp = caughtUp || lag(firstEnds) == 0;
    Survey past = null;
    for (Survey survey : surveys) {
      past = now - survey.nanos() >= BEHIND ? survey : past;
    }
    boolean behind = past != null && lag(past.ends()) > 0;
    boolean connected = now - last.nanos() < AWAY;
    board.feed(new Feed(connected, caughtUp, behind || !caughtUp, lag(last.ends())));
  }

  private long lag(Map<TopicPartition, Long> ends) {
    long lag = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      lag += Math.max(0, end.getValue() - positions.getOrDefault(end.getKey(), 0L));
    }
    return lag;
  }

  @Override
  public void close() {
    closed = true;
    scout.close();
    thread.interrupt();
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
