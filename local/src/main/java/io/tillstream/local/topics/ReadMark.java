package io.tillstream.local.topics;

import io.tillstream.local.process.StackException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a topic was worked off, kept in Kafka as the offsets of a group that never joins. */
public final class ReadMark implements AutoCloseable {
  private static final int SECONDS = 20;

  private final Admin admin;
  private final String group;
  private final String topic;

  public ReadMark(String bootstrap, String group, String topic) {
    Properties properties = new Properties();
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    this.admin = Admin.create(properties);
    this.group = group;
    this.topic = topic;
  }

  /** The offset to go on from, by partition; partitions never worked on are missing. */
  public Map<Integer, Long> read() {
    Map<Integer, Long> offsets = new HashMap<>();
    run(
        () ->
            admin
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(SECONDS, TimeUnit.SECONDS)
                .forEach(
                    (partition, offset) -> {
                      if (partition.topic().equals(topic) && offset != null) {
                        offsets.put(partition.partition(), offset.offset());
                      }
                    }));
    return offsets;
  }

  public void write(Map<Integer, Long> offsets) {
    Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
    offsets.forEach(
        (partition, offset) ->
            all.put(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)));
    run(() -> admin.alterConsumerGroupOffsets(group, all).all().get(SECONDS, TimeUnit.SECONDS));
  }

  private interface Call {
    void run() throws ExecutionException, InterruptedException, TimeoutException;
  }

  private void run(Call call) {
    try {
      call.run();
    } catch (ExecutionException | TimeoutException e) {
      throw new StackException("cannot read or set offsets of " + group + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted", e);
    }
  }

  @Override
  public void close() {
    admin.close(java.time.Duration.ofSeconds(2));
  }
}
