package io.tillstream.routing.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class Id128Test {

  @Test
  void aBufferHasTheIdentityOfItsText() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 2_000; i++) {
      String uuid = new UUID(random.nextLong(), random.nextLong()).toString();
      int at = random.nextInt(uuid.length());
      String spoilt =
          uuid.substring(0, at) + "G-F/:`g€".charAt(random.nextInt(8)) + uuid.substring(at + 1);
      String other = "x".repeat(random.nextInt(1, 129)) + (char) random.nextInt(0x20, 0xD800);
      for (String text : new String[] {uuid, spoilt, other, uuid + "0"}) {
        char[] buffer = ("ab" + text + "cd").toCharArray();
        assertThat(Id128.of(buffer, 2, text.length())).as(text).isEqualTo(Id128.of(text));
      }
    }
  }
}
