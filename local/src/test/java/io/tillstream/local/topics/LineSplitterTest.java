package io.tillstream.local.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private static List<String> split(String text) throws IOException {
    List<String> lines = new ArrayList<>();
    LineSplitter splitter =
        new LineSplitter(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    for (byte[] line = splitter.next(); line != null; line = splitter.next()) {
      lines.add(new String(line, StandardCharsets.ISO_8859_1));
    }
    return lines;
  }

  @Test
  void onlyALineFeedSeparates() throws IOException {
    assertThat(split("a\r\nb\rc\u0085d\n")).containsExactly("a\r", "b\rc\u0085d");
  }

  @Test
  void emptyLinesAreEmptyRecords() throws IOException {
    assertThat(split("\n\na\n")).containsExactly("", "", "a");
  }

  @Test
  void aLastLineWithoutLineFeedCountsAndNothingIsNothing() throws IOException {
    assertThat(split("a\nb")).containsExactly("a", "b");
    assertThat(split("")).isEmpty();
    assertThat(split("\r")).containsExactly("\r");
  }

  @Test
  void longLinesAndSmallReadsChangeNothing() throws IOException {
    Random random = new Random(1);
    List<byte[]> wanted = new ArrayList<>();
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    for (int i = 0; i < 300; i++) {
      byte[] line = new byte[i == 100 ? 1_500_000 : random.nextInt(4000)];
      random.nextBytes(line);
      for (int at = 0; at < line.length; at++) {
        line[at] = line[at] == '\n' ? 0 : line[at];
      }
      wanted.add(line);
      all.write(line);
      all.write('\n');
    }
    InputStream trickle =
        new ByteArrayInputStream(all.toByteArray()) {
          @Override
          public synchronized int read(byte[] to, int offset, int length) {
            return super.read(to, offset, Math.min(length, 1 + random.nextInt(9000)));
          }
        };
    LineSplitter splitter = new LineSplitter(trickle);
    for (byte[] line : wanted) {
      assertThat(splitter.next()).isEqualTo(line);
    }
    assertThat(splitter.next()).isNull();
    assertThat(splitter.next()).isNull();
  }
}
