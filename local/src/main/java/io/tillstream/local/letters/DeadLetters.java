package io.tillstream.local.letters;

import io.tillstream.local.process.StackException;
import io.tillstream.local.topics.EventSender;
import io.tillstream.local.topics.ReadMark;
import io.tillstream.local.topics.TopicReader;
import io.tillstream.local.topics.Topics;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topic {@code dead-letters}, each letter once although a crash may have written it twice. */
public final class DeadLetters {
  /** A consumer group that never consumes: its offsets say what was replayed already. */
  private static final String GROUP = "tillstream-dead-letters-replay";

  private final String bootstrap;

  public DeadLetters(String bootstrap) {
    this.bootstrap = bootstrap;
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
   * Sends the original bytes of those letters back to {@code shop-events} that came from there,
   * that are wanted, and that were not sent back before.
   *
   * @param again also those that were sent back before
   * @return how many were sent
   */
  public long replay(Predicate<DeadLetter> wanted, boolean again) {
    Set<String> seen = new HashSet<>();
    try (TopicReader reader = new TopicReader(bootstrap);
        ReadMark mark = new ReadMark(bootstrap, GROUP, Topics.DEAD_LETTERS);
        EventSender sender = new EventSender(bootstrap, Topics.SHOP_EVENTS)) {
      Map<Integer, Long> done = mark.read();
      Map<Integer, Long> ends = reader.ends(Topics.DEAD_LETTERS);
      boolean[] all = {true};
      reader.readAll(
          Topics.DEAD_LETTERS,
          record -> {
            DeadLetter letter = DeadLetter.of(record);
            // Read from the start also when most was sent before: that is how repeats are known.
            if (!seen.add(letter.identity())
                || (isDone(record, done) && !again)
                || record.offset() >= ends.get(record.partition())) {
              return;
            }
            if (!letter.topic().endsWith(Topics.SHOP_EVENTS)) {
              return;
            }
            if (wanted.test(letter)) {
              sender.send(letter.key(), letter.value(), null);
            } else {
              all[0] = false;
            }
          });
      sender.flush();
      if (all[0]) {
        mark.write(ends);
      }
      return sender.acknowledged();
    } catch (IllegalStateException e) {
      throw new StackException("cannot replay: " + e.getMessage(), e);
    }
  }

  private static boolean isDone(ConsumerRecord<byte[], byte[]> record, Map<Integer, Long> done) {
    return record.offset() < done.getOrDefault(record.partition(), 0L);
  }
}
