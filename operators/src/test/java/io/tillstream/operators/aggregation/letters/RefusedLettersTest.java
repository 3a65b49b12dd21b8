package io.tillstream.operators.aggregation.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tillstream.operators.aggregation.presum.Refused;
import io.tillstream.operators.figures.EnrichedEvent;
import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.ingestion.DeadLetterCodec;
import io.tillstream.operators.ingestion.Header;
import io.tillstream.operators.ingestion.Originals;
import io.tillstream.operators.ingestion.SourceMessage.RawRecord;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.routing.event.ErrorClass;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.Id128;
import io.tillstream.routing.event.ShopEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusedLettersTest {
  private static final long RECORD_TIME = 1_764_000_000_000L;
  private static final Map<String, RawRecord> TOPIC = new ConcurrentHashMap<>();
  private static final AtomicInteger OPENED = new AtomicInteger();
  private static final AtomicInteger CLOSED = new AtomicInteger();

  private OneInputStreamOperatorTestHarness<Refused, DeadLetter> harness;

  private static final class FakeOriginals implements Originals {
    FakeOriginals() {
      OPENED.incrementAndGet();
    }

    @Override
    public String topic() {
      return "shop-events";
    }

    @Override
    public RawRecord read(int partition, long offset) {
      if (partition == 9) {
        throw new IllegalStateException("Kafka is away");
      }
      return TOPIC.get(partition + "/" + offset);
    }

    @Override
    public void close() {
      CLOSED.incrementAndGet();
    }
  }

  @BeforeEach
  void open() throws Exception {
    TOPIC.clear();
    OPENED.set(0);
    CLOSED.set(0);
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new StreamMap<>(new RefusedLetters(FakeOriginals::new)), 1, 1, 0);
    harness.setup(new CodecSerializer<>(DeadLetterCodec.class));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
    assertThat(CLOSED).hasValue(OPENED.get());
  }

  private static void lies(int partition, long offset, byte[] key, byte[] value, Header... own) {
    TOPIC.put(
        partition + "/" + offset,
        new RawRecord("shop-events", partition, offset, RECORD_TIME, key, value, List.of(own)));
  }

  private static Refused refused(int partition, long offset, int attempts, String error) {
    ShopEvent event =
        new ShopEvent(
            new Id128(1, offset),
            EventType.VIEW_ITEM,
            RECORD_TIME - 100,
            RECORD_TIME,
            null,
            null,
            null,
            List.of(new EventLine("a", 1, 0, EventLine.NO_STOCK)),
            partition,
            offset);
    return new Refused(
        new EnrichedEvent(event, Arrays.asList((String) null), null), attempts, error);
  }

  private DeadLetter letter(Refused refused) throws Exception {
    harness.processElement(new StreamRecord<>(refused));
    List<DeadLetter> letters = harness.extractOutputValues();
    return letters.get(letters.size() - 1);
  }

  @Test
  void theOriginalGoesOutByteForByte() throws Exception {
    byte[] value = {'{', 0, -1, '\r', '}'};
    lies(2, 40, new byte[] {7}, value, new Header("trace", new byte[] {1}), new Header("n", null));
    DeadLetter letter =
        letter(refused(2, 40, 4, "java.lang.IllegalStateException: no room\n\tat a.b.C"));
    assertThat(letter.topic()).isEqualTo("shop-events");
    assertThat(letter.partition()).isEqualTo(2);
    assertThat(letter.offset()).isEqualTo(40);
    assertThat(letter.stage()).isEqualTo("backup-aggregation");
    assertThat(letter.errorClass()).isEqualTo(ErrorClass.PROCESSING_FAILED);
    assertThat(letter.error())
        .isEqualTo(
            "the backup aggregation gave up after 4 attempts: "
                + "java.lang.IllegalStateException: no room at a.b.C");
    assertThat(letter.key()).containsExactly(7);
    assertThat(letter.value()).isEqualTo(value);
    assertThat(letter.headers()).extracting(Header::name).containsExactly("trace", "n");
    assertThat(letter.headers().get(1).value()).isNull();
  }

  @Test
  void aRecordThatIsGoneLeavesALetterThatSaysSo() throws Exception {
    DeadLetter letter = letter(refused(0, 5, 1, "bad"));
    assertThat(letter.key()).isNull();
    assertThat(letter.value()).isNull();
    assertThat(letter.headers()).isEmpty();
    assertThat(letter.offset()).isEqualTo(5);
    assertThat(letter.error())
        .isEqualTo(
            "the backup aggregation gave up after 1 attempt: bad; the original bytes are lost:"
                + " the record is no longer in its topic");
  }

  @Test
  void anotherRecordInItsPlaceIsNotTheOriginal() throws Exception {
    TOPIC.put(
        "0/5",
        new RawRecord(
            "shop-events", 0, 5, RECORD_TIME + 1, null, new byte[] {'x'}, List.<Header>of()));
    DeadLetter letter = letter(refused(0, 5, 4, "bad"));
    assertThat(letter.value()).isNull();
    assertThat(letter.error()).contains("the original bytes are lost");
  }

  @Test
  void theCauseIsOneLineOfBoundedLength() throws Exception {
    lies(0, 1, null, new byte[0]);
    assertThat(letter(refused(0, 1, 4, null)).error()).endsWith(": no cause was told");
    assertThat(letter(refused(0, 1, 4, " \n")).error()).endsWith(": no cause was told");
    String line = letter(refused(0, 1, 4, "x".repeat(499) + "🛒" + "y".repeat(9_999))).error();
    assertThat(line).hasSizeLessThan(600).endsWith("x…");
    assertThat(letter(refused(0, 1, 4, "a\r\n\u2028b")).error()).endsWith(": a b");
  }

  @Test
  void originalsAreOpenedOnceAndOnlyWhenNeeded() throws Exception {
    assertThat(OPENED).hasValue(0);
    lies(0, 1, null, new byte[] {1});
    letter(refused(0, 1, 4, "bad"));
    letter(refused(0, 1, 4, "bad"));
    assertThat(OPENED).hasValue(1);
  }

  @Test
  void aTopicThatCannotBeReadFailsTheTask() {
    assertThatIllegalStateException()
        .isThrownBy(() -> letter(refused(9, 1, 4, "bad")))
        .withMessage("Kafka is away");
    assertThat(harness.extractOutputValues()).isEmpty();
  }
}
