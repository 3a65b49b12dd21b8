package io.tillstream.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.local.control.PastDecision;
import io.tillstream.local.layout.Json;
import io.tillstream.local.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteHistoryTest {
  private static final String DECISION =
      "{\"route\":\"enrichment\",\"from\":\"primary\",\"to\":\"fallback\",\"mode\":\"auto\","
          + "\"epoch\":7,\"reason\":\"enrichment is failed\",\"by\":\"orchestrator\","
          + "\"at\":\"2026-11-24T04:00:00Z\",\"agent\":\"bypass\"}";

  @TempDir private Path folder;

  private static String line(Duration lasted) throws IOException {
    JsonNode decision = Json.MAPPER.readTree(DECISION);
    return RouteCommand.History.line(new PastDecision(decision, Optional.ofNullable(lasted)))
        .replaceAll(" +", " ");
  }

  @Test
  void saysWhenFromToForHowLongWhoAndWhy() throws IOException {
    assertThat(line(Duration.ofMillis(12_340)))
        .isEqualTo(
            "2026-11-24T04:00:00Z enrichment primary → fallback bypass auto for 12.3 s epoch 7"
                + " by orchestrator: enrichment is failed");
    assertThat(line(Duration.ofMinutes(40))).contains(" for 40 min ");
    assertThat(line(null)).contains(" for so far ");
  }

  @Test
  void aFileOfRoutesThatCannotBeReadIsOneLine() throws IOException {
    assertThatThrownBy(() -> RoutesCommand.Apply.read(folder.resolve("none.yaml")))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("none.yaml: no such file");
    assertThatThrownBy(() -> RoutesCommand.Apply.read(folder))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("cannot read");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0});
    assertThatThrownBy(() -> RoutesCommand.Apply.read(binary)).hasMessageContaining("UTF-8");
    Path large = Files.write(folder.resolve("large"), new byte[300_000]);
    assertThatThrownBy(() -> RoutesCommand.Apply.read(large)).hasMessageContaining("at most");
  }
}
