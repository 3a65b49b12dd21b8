package io.tillstream.local.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.local.process.StackException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsTest {
  private static final Ports PORTS =
      new Ports(9092, 6379, 9000, 8081, 8080, 9093, 6123, List.of(9249, 9250));

  @TempDir private Path folder;

  @Test
  void theContractsVeryWords() {
    assertThat(Endpoints.of(PORTS).withJob("abc").json())
        .isEqualTo(
            "{\"kafka\":\"127.0.0.1:9092\",\"redis\":\"127.0.0.1:6379\","
                + "\"s3\":\"http://127.0.0.1:9000\",\"flink\":\"http://127.0.0.1:8081\","
                + "\"dashboard\":\"http://127.0.0.1:8080\",\"job_id\":\"abc\"}");
  }

  @Test
  void writtenAndReadBack() {
    RunDirectory run = new RunDirectory(folder.resolve("run"));
    Endpoints written = Endpoints.of(PORTS).withJob("abc");
    written.write(run);
    assertThat(Endpoints.read(run)).isEqualTo(written);
  }

  @Test
  void noStackIsOneClearLine() {
    assertThatThrownBy(() -> Endpoints.read(new RunDirectory(folder)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("no stack is up");
  }

  @Test
  void aMissingFieldIsNamed() throws Exception {
    Files.writeString(folder.resolve("endpoints.json"), "{\"kafka\":\"127.0.0.1:9092\"}");
    assertThatThrownBy(() -> Endpoints.read(new RunDirectory(folder)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("redis");
  }
}
