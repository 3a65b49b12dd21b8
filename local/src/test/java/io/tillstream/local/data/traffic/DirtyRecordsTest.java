package io.tillstream.local.data.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What the classes must be is for whoever judges the records; here only that the list is usable.
 */
class DirtyRecordsTest {
  @Test
  void thereAreManyKindsAndNoneTwice() {
    Set<String> names = new HashSet<>();
    Set<String> contents = new HashSet<>();
    for (DirtyRecord kind : DirtyRecords.all()) {
      assertThat(names.add(kind.name())).as(kind.name()).isTrue();
      assertThat(contents.add(new String(kind.bytes(), StandardCharsets.ISO_8859_1)))
          .as(kind.name())
          .isTrue();
    }
    assertThat(names).hasSizeGreaterThan(150);
  }

  @Test
  void allFitIntoAFileOfLines() {
    for (DirtyRecord kind : DirtyRecords.all()) {
      assertThat(kind.bytes()).as(kind.name()).doesNotContain('\n').hasSizeLessThan(16 << 10);
    }
  }

  @Test
  void largeOnesStayBelowKafkasLimit() {
    for (DirtyRecord kind : DirtyRecords.large()) {
      assertThat(kind.bytes()).as(kind.name()).hasSizeBetween(900_000, 1_000_000);
    }
  }
}
