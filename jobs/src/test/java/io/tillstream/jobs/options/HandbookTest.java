package io.tillstream.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The handbook and the README name every option there is, with its default, and no other. */
class HandbookTest {
  private static final Path HOUSE = Path.of("..");
  private static final Path HANDBOOK = HOUSE.resolve("src/site/markdown");
  private static final Path OPERATIONS = HANDBOOK.resolve("operations.md");

  /** An option as on a command line, or a line of a properties file; the job's have a dot. */
  private static final Pattern MENTION =
      Pattern.compile("(?m)--([a-z][a-z-]*(?:\\.[a-z-]+)+)|^([a-z][a-z-]*(?:\\.[a-z-]+)+)=");

  static List<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.list(HANDBOOK)) {
      return Stream.concat(
              Stream.of(HOUSE.resolve("README.md")),
              pages.filter(page -> page.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  @ParameterizedTest
  @EnumSource(Option.class)
  void everyOptionStandsInTheHandbookWithItsDefault(Option option) throws IOException {
    List<String[]> rows =
        Files.readAllLines(OPERATIONS).stream()
            .filter(line -> line.startsWith("| `--" + option.key() + "` |"))
            .map(line -> line.split("\\|", -1))
            .toList();
    assertThat(rows).as("rows of --%s in operations.md", option.key()).hasSize(1);
    String fallback = rows.get(0)[2].strip();
    if (option.fallback() == null) {
      assertThat(fallback).isEqualTo("needed");
    } else if (option.fallback().isEmpty()) {
      assertThat(fallback).doesNotContain("`");
    } else {
      assertThat(fallback).isEqualTo("`" + option.fallback() + "`");
    }
    assertThat(rows.get(0)[3]).as("the meaning of --%s", option.key()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noPageNamesAnOptionThatIsNone(Path page) throws IOException {
    List<String> mentioned =
        MENTION
            .matcher(Files.readString(page))
            .results()
            .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
            .toList();
    assertThat(mentioned)
        .as("options in %s", page)
        .allSatisfy(
            key ->
                assertThat(
                        key.startsWith("kafka.")
                            || key.equals("config.file") // Prometheus' own
                            || Arrays.stream(Option.values()).anyMatch(o -> o.key().equals(key)))
                    .as(key)
                    .isTrue());
  }

  @Test
  void theReadmeNamesOptions() throws IOException {
    // Else the test above would find nothing wrong in a file it cannot read.
    assertThat(MENTION.matcher(Files.readString(HOUSE.resolve("README.md"))).results())
        .hasSizeGreaterThan(4);
  }

  @ParameterizedTest
  @EnumSource(Option.class)
  void everyOptionSaysWhatItMeansInOneLine(Option option) {
    assertThat(option.meaning()).isNotBlank().doesNotContain("\n");
  }
}
