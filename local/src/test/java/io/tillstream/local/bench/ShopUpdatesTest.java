package io.tillstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShopUpdatesTest {
  private static final String ONE = "2026-11-24T04:00:00.123Z";
  private static final String OTHER = "2026-11-24T04:00:01Z";

  @Test
  void everyRowOfTheShopTellsItsMark() {
    assertThat(
            marks(
                "{\"type\":\"changes\",\"seq\":3,\"shop\":[{\"revenue\":{\"USD\":\"1.00\"},"
                    + "\"oldest_new_record_at\":\""
                    + ONE
                    + "\"},{\"oldest_new_record_at\":\""
                    + OTHER
                    + "\"}],\"categories\":[]}"))
        .containsExactly(ONE, OTHER);
  }

  @Test
  void otherRowsSnapshotsAndMissingMarksTellNothing() {
    String rows = "[{\"oldest_new_record_at\":\"" + ONE + "\"}]";
    assertThat(marks("{\"type\":\"changes\",\"categories\":" + rows + "}")).isEmpty();
    assertThat(marks("{\"type\":\"changes\",\"shop\":[{}],\"categories\":" + rows + "}")).isEmpty();
    assertThat(marks("{\"type\":\"snapshot\",\"shop\":" + rows + "}")).isEmpty();
    assertThat(marks("{\"type\":\"changes\",\"shop\":[{\"oldest_new_record_at\":null}]}"))
        .isEmpty();
    assertThat(marks("{\"type\":\"changes\",\"shop\":[{\"oldest_new_record_at\":\"soon\"}]}"))
        .isEmpty();
    assertThat(marks("")).isEmpty();
  }

  private static List<String> marks(String message) {
    List<String> marks = new ArrayList<>();
    ShopUpdates.in(message, millis -> marks.add(Instant.ofEpochMilli(millis).toString()));
    return marks;
  }
}
