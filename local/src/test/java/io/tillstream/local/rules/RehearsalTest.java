package io.tillstream.local.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.local.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
  private static final Instant START = Instant.parse("2026-11-24T04:00:00Z");

  @TempDir private Path folder;

  private RuleFile rules;

  @BeforeEach
  void rules() throws IOException {
    rules =
        RuleFile.read(
            Files.writeString(
                folder.resolve("rules.json"),
                """
                {"rules":[
                 {"rule_id":"low","dimension":"product","metric":"available","comparison":"lt",
                  "threshold":10,"clear_threshold":12,"hold":"PT5S"},
                 {"rule_id":"quiet","dimension":"shop","metric":"purchases","silence":"PT1M"},
                 {"rule_id":"never","dimension":"shop","metric":"revenue.JPY","comparison":"gt",
                  "threshold":1,"shadow":true}]}
                """));
  }

  private static String row(String dimension, String key, int second, String numbers) {
    return "{\"dimension\":\"%s\",\"key\":\"%s\",\"window_start\":\"%s\",\"window_end\":\"%s\",%s,"
            .formatted(dimension, key, START, START.plusSeconds(60), numbers)
        + "\"aggregator\":\"primary\",\"version\":%d,\"final\":false,\"emitted_at\":\"%s\"}"
            .formatted(second, START.plusSeconds(second));
  }

  private String record(String... rows) throws IOException {
    return Files.writeString(folder.resolve("rows.jsonl"), String.join("\n", rows)).toString();
  }

  @Test
  void showsWhatWouldHaveBeenSaidInOrderOfTime() throws IOException {
    Rehearsal rehearsal =
        Rehearsal.overFile(
            rules,
            record(
                // Partitions interleave: the time of publishing orders them.
                row("product", "SKU1", 90, "\"available\":15"),
                row("product", "SKU1", 1, "\"available\":9"),
                row("category", "shoes", 2, "\"views\":9"),
                row("shop", "all", 3, "\"purchases\":2")));
    assertThat(rehearsal.lines())
        .extracting(line -> line.replaceAll(" +", " "))
        .containsExactly(
            "2026-11-24T04:00:06Z raised warning low product SKU1: available 9, below 10 for PT5S",
            "2026-11-24T04:01:03Z raised warning quiet shop all: no purchases for PT1M, where there"
                + " were some before",
            "2026-11-24T04:01:30Z resolved warning low product SKU1: available 15, no longer below"
                + " 12");
    assertThat(rehearsal.rows()).isEqualTo(4);
    assertThat(rehearsal.summary()).containsOnlyKeys("low", "quiet", "never");
    assertThat(rehearsal.summary().get("low").raised()).isEqualTo(1);
    assertThat(rehearsal.summary().get("low").resolved()).isEqualTo(1);
    assertThat(rehearsal.summary().get("never").raised()).isZero();
    assertThat(rehearsal.json()).hasSize(3);
    assertThat(rehearsal.json().get(0)).contains("\"raised_at\":\"2026-11-24T04:00:06.000Z\"");
  }

  @Test
  void aBadLineIsNamed() throws IOException {
    String file = record(row("product", "SKU1", 1, "\"available\":9"), "{\"dimension\":7}");
    assertThatThrownBy(() -> Rehearsal.overFile(rules, file))
        .isInstanceOf(StackException.class)
        .hasMessage(file + " line 2: dimension must be a string, was 7");
    assertThatThrownBy(() -> Rehearsal.overFile(rules, folder.resolve("none").toString()))
        .hasMessageContaining("no such file");
  }

  @Test
  void aBadRuleIsNamedWithItsFileAndField() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.json"), "[{\"rule_id\":\"x\",\"hold\":3}]");
    assertThatThrownBy(() -> RuleFile.read(file))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith(file + ": rule x: dimension must be one of ");
    assertThatThrownBy(() -> RuleFile.read(folder)).hasMessageContaining("cannot read");
    assertThatThrownBy(() -> RuleFile.read(folder.resolve("none.json")))
        .hasMessageContaining("no such file");
    Path none = Files.writeString(folder.resolve("none.json"), "[]");
    assertThatThrownBy(() -> RuleFile.read(none)).hasMessageContaining("at least one rule");
  }

  @Test
  void rulesAreShownInALineEach() {
    List<String> lines = rules.lines();
    assertThat(lines.get(0).replaceAll(" +", " "))
        .isEqualTo("low warning product * available lt 10 clears 12 hold PT5S cooldown PT5M ");
    assertThat(lines.get(1)).contains("silent for PT1M");
    assertThat(lines.get(2)).endsWith(" shadow");
    assertThat(RuleFile.ofSaid("{\"rules\":" + rules.json() + "}").rules())
        .isEqualTo(rules.rules());
  }
}
