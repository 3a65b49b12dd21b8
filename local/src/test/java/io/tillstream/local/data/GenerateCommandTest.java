package io.tillstream.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GenerateCommandTest {
  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  @Test
  void writesLinesAndCatalog() throws IOException {
    Path out = folder.resolve("events.jsonl.gz");
    Path catalog = folder.resolve("catalog.jsonl");
    int exit =
        run(
            "--rate 100 --seconds 20 --products 200 --users 102 --start 2026-01-01T00:00:00Z",
            "--out " + out,
            "--catalog " + catalog);
    assertThat(exit).as(err.toString()).isZero();
    List<String> events = lines(out);
    assertThat(events).hasSize(2000).allMatch(line -> line.startsWith("{\"event_id\":\""));
    // 2 of 200 products and 1 of 102 shoppers stand in no catalog.
    List<String> entries = lines(catalog);
    assertThat(entries).hasSize(198 + 101);
    assertThat(entries).noneMatch(line -> line.contains("SKU-00096"));
    assertThat(entries.get(0))
        .isEqualTo(
            "{\"item_id\":\"SKU-00000\",\"title\":\"Black kitchen no. 0\","
                + "\"category\":\"kitchen\",\"brand\":\"Brand 176\"}");
  }

  @Test
  void saysWhatIsWrongInOneLine() {
    assertThat(run("--rate 0 --seconds 1 --out -")).isEqualTo(2);
    assertThat(err.toString()).startsWith("rate must be between 1 and 10000000, not 0");
    assertThat(run("--rate 1 --seconds 0 --out -")).isEqualTo(2);
    assertThat(run("--rate 1 --seconds 1 --start 2026-01-01T00:00:00Z")).isEqualTo(2);
  }

  @Test
  void aFolderThatIsAFileIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    int exit = run("--rate 1 --seconds 1 --out " + file.resolve("out"));
    assertThat(exit).isEqualTo(1);
    assertThat(err.toString()).startsWith("generate: " + file.resolve("out") + ": cannot be");
  }

  private int run(String... words) {
    err.getBuffer().setLength(0);
    return new CommandLine(new GenerateCommand())
        .setErr(new PrintWriter(err, true))
        .execute(String.join(" ", words).split(" "));
  }

  private static List<String> lines(Path file) throws IOException {
    try (InputStream in = TextFiles.read(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
