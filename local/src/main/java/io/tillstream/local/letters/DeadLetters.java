package io.tillstream.local.letters;

import io.tillstream.local.process.StackException;
import io.tillstream.local.topics.EventSender;
import io.tillstream.local.topics.ReadMark;
import io.tillstream.local.topics.TopicReader;
import io.tillstream.local.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topic {@code dead-letters}, each letter once although a crash may have written it twice. */
public final class DeadLetters {
  /** A consumer group that never consumes: its offsets say what was replayed already. */
  private static final String GROUP = "tillstream-dead-letters-replay";

  private final String bootstrap;
  private final Clock clock;

  public DeadLetters(String bootstrap, Clock clock) {
    this.bootstrap = bootstrap;
    this.clock = clock;
  }

  /** Every letter there is now, in no order across partitions. */
  public void read(Consumer<DeadLetter> each) {
    Set<String> seen = new HashSet<>();
    try (TopicReader reader = new TopicReader(bootstrap)) {
      reader.readAll(
          Topics.DEAD_LETTERS,
          record -> {
            DeadLetter letter = DeadLetter.of(record);
            if (seen.add(letter.identity())) {
              each.accept(letter);
            }
          });
    }
  }

  /**
   * What a replay did.
   *
   * @param events records sent back to {@code shop-events}
   * @param webhooks webhooks whose sending was asked for again
   * @param empty letters without a value: there is nothing to send back
   */
  public record Replayed(long events, long webhooks, long empty) {}

  /**
   * Sends back those letters that are wanted and were not sent back before: the original bytes of
   * records to {@code shop-events}, webhooks as a command to send them again.
   *
   * @param again also those that were sent back before
   * @param by who says so
   */
  public Replayed replay(Predicate<DeadLetter> wanted, boolean again, String by) {
    Set<String> seen = new HashSet<>();
    long[] empty = {0};
    boolean[] all = {true};
    try (TopicReader reader = new TopicReader(bootstrap);
        ReadMark mark = new ReadMark(bootstrap, GROUP, Topics.DEAD_LETTERS);
        EventSender events = new EventSender(bootstrap, Topics.SHOP_EVENTS);
        EventSender control = new EventSender(bootstrap, Topics.CONTROL)) {
      Map<Integer, Long> done = mark.read();
      Map<Integer, Long> ends = reader.ends(Topics.DEAD_LETTERS);
      reader.readAll(
          Topics.DEAD_LETTERS,
          record -> {
            DeadLetter letter = DeadLetter.of(record);
            boolean before = isDone(record, done) && !again;
            // Records are read from the start also when most was sent before: that is how repeats
            // are known. A webhook that failed again has the same name and is no repeat.
            if ((before && letter.isWebhook())
                || !seen.add(letter.identity())
                || before
                || record.offset() >= ends.get(record.partition())
                || !(letter.isWebhook() || letter.topic().endsWith(Topics.SHOP_EVENTS))) {
              return;
            }
            if (!wanted.test(letter)) {
              all[0] = false;
            } else if (letter.value() == null) {
              empty[0]++;
            } else if (letter.isWebhook()) {
              String id = UUID.randomUUID().toString();
              control.send(
                  id.getBytes(StandardCharsets.UTF_8),
                  Redelivery.of(id, letter, by, clock.instant()),
                  null);
            } else {
              events.send(letter.key(), letter.value(), null);
            }
          });
      events.flush();
      control.flush();
      if (all[0]) {
        mark.write(ends);
      }
      return new Replayed(events.acknowledged(), control.acknowledged(), empty[0]);
    } catch (IllegalStateException e) {
      throw new StackException("cannot replay: " + e.getMessage(), e);
    }
  }

  private static boolean isDone(ConsumerRecord<byte[], byte[]> record, Map<Integer, Long> done) {
    return record.offset() < done.getOrDefault(record.partition(), 0L);
  }
}
