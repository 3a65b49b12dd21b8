package io.tillstream.dashboard.kafka;

import io.tillstream.dashboard.live.Board;
import io.tillstream.dashboard.view.Message.Topic;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Looks each second where the topics begin and end, on a thread of its own: this may wait. */
final class Scout implements AutoCloseable {
  private static final String INPUT = "shop-events";
  private static final long PERIOD_MILLIS = 1_000;
  private static final long PATIENCE_MILLIS = 6_000;
  private static final Logger LOG = LoggerFactory.getLogger(Scout.class);

  private final KafkaAddress address;
  private final Board board;
  private final Clock clock;
  private final Map<TopicPartition, Long> starts = new HashMap<>();
  private final Thread thread = new Thread(this::run, "scout");
  private final Map<String, Uuid> known = new HashMap<>();
  private int generation;
  private volatile Survey newest;
  private volatile String trouble = "";

  Scout(KafkaAddress address, Board board, Clock clock) {
    this.address = address;
    this.board = board;
    this.clock = clock;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** The last one that succeeded; null before the first. */
  Survey newest() {
    return newest;
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try (Admin admin = Admin.create(address.properties())) {
        while (true) {
          survey(admin);
          say("");
          TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
        }
      } catch (InterruptedException e) {
        return;
      } catch (ExecutionException | TimeoutException | KafkaException e) {
        Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
        say(cause.getMessage() == null ? cause.toString() : cause.getMessage());
      } catch (RuntimeException e) {
        say(e.toString());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS / 2);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  // Said once, not each second.
  private void say(String words) {
    if (!words.equals(trouble)) {
      trouble = words;
      String text =
          words.isEmpty() ? "Kafka answers" : "Kafka at " + address.bootstrap() + ": " + words;
      LOG.atLevel(words.isEmpty() ? Level.INFO : Level.WARN).log(text);
    }
  }

  private void survey(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, Uuid> ids = new HashMap<>();
    List<TopicPartition> read = new ArrayList<>();
    List<TopicPartition> input = new ArrayList<>();
    Map<TopicPartition, Topic> topics = new HashMap<>();
    describe(admin, INPUT, ids, input);
    for (Topic topic : Topic.values()) {
      List<TopicPartition> its = new ArrayList<>();
      describe(admin, topic.text(), ids, its);
      its.forEach(partition -> topics.put(partition, topic));
      read.addAll(its);
    }
    if (ids.entrySet().stream()
        .anyMatch(t -> !known.getOrDefault(t.getKey(), t.getValue()).equals(t.getValue()))) {
      generation++;
      starts.clear();
      known.clear();
    }
    known.putAll(ids); // one that is missing for a while is remembered
    List<TopicPartition> all = new ArrayList<>(read);
    all.addAll(input);
    Map<TopicPartition, Long> ends = offsets(admin, all, partition -> OffsetSpec.latest());
    List<TopicPartition> unknown = read.stream().filter(p -> !starts.containsKey(p)).toList();
    if (!unknown.isEmpty()) {
      starts.putAll(starts(admin, unknown, topics, ends));
    }
    board.input(
        byNumber(input, offsets(admin, input, partition -> OffsetSpec.earliest())),
        byNumber(input, ends));
    ends.keySet().retainAll(read);
    newest = new Survey(System.nanoTime(), generation, Map.copyOf(starts), ends);
  }

  private void describe(
      Admin admin, String name, Map<String, Uuid> ids, List<TopicPartition> partitions)
      throws InterruptedException, ExecutionException, TimeoutException {
    String topic = address.topic(name);
    try {
      KafkaFuture<TopicDescription> asked =
          admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
      TopicDescription description = asked.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      ids.put(topic, description.topicId());
      for (TopicPartitionInfo info : description.partitions()) {
        partitions.add(new TopicPartition(topic, info.partition()));
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw e; // one that does not exist yet is no trouble
      }
    }
  }

  private Map<TopicPartition, Long> starts(
      Admin admin,
      List<TopicPartition> partitions,
      Map<TopicPartition, Topic> topics,
      Map<TopicPartition, Long> ends)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, Long> begins =
        offsets(admin, partitions, partition -> OffsetSpec.earliest());
    long now = clock.millis();
    List<TopicPartition> timed =
        partitions.stream().filter(p -> Past.of(topics.get(p)).back() != null).toList();
    Map<TopicPartition, Long> byTime =
        offsets(
            admin,
            timed,
            p -> OffsetSpec.forTimestamp(now - Past.of(topics.get(p)).back().toMillis()));
    Map<TopicPartition, Long> result = new HashMap<>();
    for (TopicPartition partition : partitions) {
      Topic topic = topics.get(partition);
      long siblings = topics.values().stream().filter(other -> other == topic).count();
      long end = ends.get(partition);
      // Without a record that young there is no offset: nothing of the past is needed.
      long young = byTime.getOrDefault(partition, begins.get(partition));
      long few = end - Past.of(topic).most() / siblings;
      long start = young < 0 ? end : Math.max(young, few);
      result.put(partition, Math.max(begins.get(partition), start));
    }
    return result;
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, Collection<TopicPartition> partitions, Function<TopicPartition, OffsetSpec> spec)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, spec.apply(partition)));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    if (asked.isEmpty()) {
      return offsets;
    }
    ListOffsetsResult result = admin.listOffsets(asked);
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> answer :
        result.all().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).entrySet()) {
      offsets.put(answer.getKey(), answer.getValue().offset());
    }
    return offsets;
  }

  private static Map<Integer, Long> byNumber(
      List<TopicPartition> partitions, Map<TopicPartition, Long> offsets) {
    Map<Integer, Long> byNumber = new HashMap<>();
    partitions.forEach(p -> byNumber.put(p.partition(), offsets.get(p)));
    return byNumber;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
