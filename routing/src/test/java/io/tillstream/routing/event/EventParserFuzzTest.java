package io.tillstream.routing.event;

import static io.tillstream.routing.event.Records.PURCHASE;
import static io.tillstream.routing.event.Records.RECORD_TIME;
import static io.tillstream.routing.event.Records.STOCK;
import static io.tillstream.routing.event.Records.VIEW;
import static io.tillstream.routing.event.Records.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random damage to good records: always an answer, and "not JSON" exactly where a tree says so. */
class EventParserFuzzTest {
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "\\u",
    "\\ud83d",
    "null",
    "true",
    "1e",
    "e9999999999",
    "-",
    "0",
    ".",
    "\n",
    "\0",
    "é",
    "😀",
    "\"items\":",
    "\"price\":",
    "\"x\":{}",
    "999999999999999999999"
  };

  private final EventParser parser = new EventParser(EventParser.Options.DEFAULT);
  private final ObjectMapper tree =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Test
  void anythingGetsAnAnswer() {
    byte[][] good = {utf8(VIEW), utf8(PURCHASE), utf8(STOCK)};
    int accepted = 0;
    for (int seed = 0; seed < 60_000; seed++) {
      byte[] value = damage(good[seed % good.length], new SplittableRandom(seed));
      Parsed parsed = parser.parse(value, RECORD_TIME);
      if (parsed instanceof Parsed.Rejected rejected) {
        assertThat(rejected.error()).as("seed " + seed).isNotBlank().hasSizeLessThan(500);
        assertThat(rejected.error()).as("seed " + seed).doesNotContain("cannot be read");
      } else {
        accepted++;
        assertThat(EventTexts.eventId(value)).as("seed " + seed).isNotEmpty();
      }
      if (!isJson(value)) {
        assertThat(parsed).as("seed " + seed).isInstanceOf(Parsed.Rejected.class);
        assertThat(((Parsed.Rejected) parsed).errorClass())
            .as("seed " + seed + ": " + parsed)
            .isEqualTo(ErrorClass.NOT_JSON);
      }
    }
    assertThat(accepted).isBetween(1_000, 59_000);
    for (byte[] value : good) {
      assertThat(parser.parse(value, RECORD_TIME)).isInstanceOf(Parsed.Accepted.class);
    }
  }

  @Test
  void noiseGetsAnAnswer() {
    SplittableRandom random = new SplittableRandom(99);
    for (int i = 0; i < 20_000; i++) {
      byte[] value = new byte[random.nextInt(40)];
      random.nextBytes(value);
      assertThat(parser.parse(value, RECORD_TIME)).isInstanceOf(Parsed.Rejected.class);
    }
  }

  private boolean isJson(byte[] value) {
    try {
      return !tree.readTree(value).isMissingNode();
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] damage(byte[] good, SplittableRandom random) {
    byte[] value = good;
    for (int times = random.nextInt(1, 4); times > 0; times--) {
      int at = random.nextInt(value.length + 1);
      int end = Math.min(value.length, at + random.nextInt(1, 6));
      value =
          switch (random.nextInt(5)) {
            case 0 -> splice(value, at, at, utf8(PIECES[random.nextInt(PIECES.length)]));
            case 1 -> splice(value, at, end, utf8(PIECES[random.nextInt(PIECES.length)]));
            case 2 -> splice(value, at, end, new byte[0]);
            case 3 -> splice(value, at, end, new byte[] {(byte) random.nextInt(256)});
            default -> splice(value, at, at, Arrays.copyOfRange(value, at, end));
          };
    }
    return value;
  }

  private static byte[] splice(byte[] value, int from, int to, byte[] piece) {
    byte[] result = new byte[value.length - (to - from) + piece.length];
    System.arraycopy(value, 0, result, 0, from);
    System.arraycopy(piece, 0, result, from, piece.length);
    System.arraycopy(value, to, result, from + piece.length, value.length - to);
    return result;
  }
}
