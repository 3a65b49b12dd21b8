package io.tillstream.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Tillstream.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void everyCommandHasHelp() {
    List<List<String>> commands = new ArrayList<>();
    collect(List.of(), Tillstream.commandLine(), commands);
    assertThat(commands).hasSizeGreaterThan(15);
    for (List<String> command : commands) {
      List<String> words = new ArrayList<>(command);
      words.add("--help");
      assertThat(run(words.toArray(new String[0]))).as(words.toString()).isZero();
    }
    assertThat(err.toString()).isEmpty();
  }

  private static void collect(List<String> path, CommandLine at, List<List<String>> all) {
    at.getSubcommands()
        .forEach(
            (name, command) -> {
              List<String> words = new ArrayList<>(path);
              words.add(name);
              if (!name.equals("help")) {
                all.add(words);
                collect(words, command, all);
              }
            });
  }

  @Test
  void wrongUsageIsTwo() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("fly")).isEqualTo(2);
    assertThat(run("kill")).isEqualTo(2);
    assertThat(run("kill", "everything")).isEqualTo(2);
    assertThat(run("up", "--slots", "0")).isEqualTo(2);
    assertThat(run("up", "--window", "soon")).isEqualTo(2);
    assertThat(run("route", "enrichment")).isEqualTo(2);
    assertThat(run("route", "history", "--route", "moon")).isEqualTo(2);
    assertThat(run("routes")).isEqualTo(2);
    assertThat(run("routes", "apply")).isEqualTo(2);
    assertThat(run("rules")).isEqualTo(2);
    assertThat(run("rules", "apply")).isEqualTo(2);
    assertThat(run("rules", "remove")).isEqualTo(2);
    assertThat(run("rules", "test", "rules.json", "--metrics")).isEqualTo(2);
    assertThat(run("up", "-C", "nowhere")).isEqualTo(2);
    assertThat(run("catalog")).isEqualTo(2);
    assertThat(run("bench", "--events", "1")).isEqualTo(2);
    assertThat(run("bench", "--only", "latency", "--rate", "0")).isEqualTo(2);
    assertThat(run("bench", "--only", "alerts", "--seconds", "1")).isEqualTo(2);
    assertThat(run("bench", "--only", "latency", "--clients", "0")).isEqualTo(2);
  }

  @Test
  void aWrongRuleIsOneLine() {
    assertThat(run("rules", "test", "nowhere.json", "--metrics", "none")).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("tillstream: cannot read nowhere.json: no such file");
  }
}
