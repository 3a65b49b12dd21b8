package io.tillstream.operators.ingestion;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * End offsets from Kafka's admin interface, asked each second by a thread of its own with a
 * time-out. Kafka being down never shows in the task; the answers only grow old.
 */
public final class AdminEndOffsets implements EndOffsets {
  private static final Logger LOG = LoggerFactory.getLogger(AdminEndOffsets.class);
  private static final long INTERVAL_MS = 1_000;
  private static final int TIMEOUT_MS = 3_000;

  private final Properties properties;
  private final LongSupplier clock;
  private final Map<PartitionId, Range> answers = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer;

  private volatile Set<PartitionId> watched = Set.of();
  // What follows only the timer's thread touches.
  private final Map<PartitionId, Tail> tails = new HashMap<>();
  private final LastRecords lastRecords;
  private Admin admin;
  private boolean failing;

  private AdminEndOffsets(Properties properties, Properties client, LongSupplier clock) {
    this.properties = properties;
    this.lastRecords = LastRecords.of(client, TIMEOUT_MS);
    this.clock = clock;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "end-offsets");
              thread.setDaemon(true);
              return thread;
            });
    var unused = timer.scheduleWithFixedDelay(this::ask, 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
  }

  /**
   * A factory.
   *
   * @param clientProperties the consumer's settings
   */
  public static EndOffsets.Factory factory(Properties clientProperties) {
    Properties properties = new Properties();
    for (String name : clientProperties.stringPropertyNames()) {
      // Names Kafka does not know may belong to a login module or an interceptor: they pass.
      boolean consumersOnly =
          ConsumerConfig.configNames().contains(name)
              && !AdminClientConfig.configNames().contains(name);
      if (!consumersOnly && !name.equals(AdminClientConfig.CLIENT_ID_CONFIG)) {
        properties.setProperty(name, clientProperties.getProperty(name));
      }
    }
    properties.setProperty(
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Integer.toString(TIMEOUT_MS));
    properties.setProperty(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Integer.toString(TIMEOUT_MS));
    Properties client = new Properties();
    client.putAll(clientProperties);
    return clock -> new AdminEndOffsets(properties, client, clock);
  }

  @Override
  public void watch(Set<PartitionId> partitions) {
    watched = Set.copyOf(partitions);
    answers.keySet().retainAll(partitions);
  }

  @Override
  public Map<PartitionId, Range> latest() {
    return answers;
  }

  private void ask() {
    Set<PartitionId> partitions = watched;
    if (partitions.isEmpty()) {
      return;
    }
    try {
      if (admin == null) {
        admin = Admin.create(properties);
      }
      long asOf = clock.getAsLong();
      ListOffsetsResult begins = list(partitions, OffsetSpec.earliest());
      ListOffsetsResult ends = list(partitions, OffsetSpec.latest());
      boolean allAnswered = true;
      for (PartitionId partition : partitions) {
        allAnswered &= take(partition, begins, ends, asOf);
      }
      if (allAnswered && failing) {
        failing = false;
        LOG.info("the end offsets of {} are known again", partitions);
      }
      probe(partitions);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private ListOffsetsResult list(Set<PartitionId> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> request = new HashMap<>();
    partitions.forEach(partition -> request.put(kafkas(partition), spec));
    return admin.listOffsets(request, new ListOffsetsOptions().timeoutMs(TIMEOUT_MS));
  }

  private boolean take(
      PartitionId partition, ListOffsetsResult begins, ListOffsetsResult ends, long asOf)
      throws InterruptedException {
    try {
      long begin = offset(begins, partition);
      long end =
          tails.computeIfAbsent(partition, added -> new Tail()).take(offset(ends, partition));
      answers.put(partition, new Range(begin, end, asOf));
      return true;
    } catch (ExecutionException | TimeoutException e) {
      failed(e);
      return false;
    }
  }

  // One at a time, so that the answers stay fresh meanwhile.
  private void probe(Set<PartitionId> partitions) {
    for (PartitionId partition : partitions) {
      Tail tail = tails.get(partition);
      Range range = answers.get(partition);
      if (tail != null && range != null && tail.wantsProbe()) {
        OptionalLong found = OptionalLong.empty();
        try {
          found = lastRecords.endOfRecords(partition, range.begin(), range.end());
        } finally {
          tail.probed(found);
        }
        return;
      }
    }
  }

  private static long offset(ListOffsetsResult result, PartitionId partition)
      throws InterruptedException, ExecutionException, TimeoutException {
    return result
        .partitionResult(kafkas(partition))
        .get(2L * TIMEOUT_MS, TimeUnit.MILLISECONDS)
        .offset();
  }

  private void failed(Exception e) {
    // Once for each outage; the lag and the clock show the rest.
    if (!failing) {
      failing = true;
      LOG.warn("the end offsets cannot be asked for now: {}", e.toString());
    }
  }

  private static TopicPartition kafkas(PartitionId partition) {
    return new TopicPartition(partition.topic(), partition.number());
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (timer.awaitTermination(TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
        lastRecords.close();
        if (admin != null) {
          admin.close(Duration.ofSeconds(1));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
