package io.tillstream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.local.layout.Endpoints;
import io.tillstream.local.layout.Ports;
import io.tillstream.local.layout.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupTest {
  private static final Ports PORTS = new Ports(1, 2, 3, 4, 5, 6, 7, List.of(8, 9));

  @TempDir private Path folder;

  @Test
  void writtenAndReadBack() throws Exception {
    RunDirectory run = new RunDirectory(folder);
    Setup setup =
        new Setup(
            UpOptions.builder()
                .slots(4)
                .taskManagers(2)
                .window(Duration.ofSeconds(10))
                .jobOption("enrichment.cache-ttl", "PT1M")
                .keep(true)
                .dashboard(false)
                .classpath(folder.toUri().toURL())
                .build(),
            PORTS);
    setup.write(run);
    assertThat(Setup.read(run)).isEqualTo(setup);
  }

  @Test
  void theJobsArguments() {
    UpOptions options =
        UpOptions.builder()
            .lateness(Duration.ofSeconds(30))
            .jobOption("enrichment.cache-ttl", "PT1M")
            .build();
    assertThat(
            String.join(" ", new JobArguments(options, Endpoints.of(PORTS), Path.of("/s")).words()))
        .isEqualTo(
            "--kafka.bootstrap.servers 127.0.0.1:1 --redis.uri redis://127.0.0.1:2 --parallelism 2"
                + " --alert.allow-private-webhooks true --alert.webhook-secrets /s"
                + " --aggregation.lateness PT30S --enrichment.cache-ttl PT1M");
  }

  @Test
  void aPrometheusFindsEverybody() {
    assertThat(PrometheusFile.text(new Setup(UpOptions.defaults(), PORTS)))
        .contains("targets: [\"127.0.0.1:8\", \"127.0.0.1:9\"]")
        .contains("targets: [\"127.0.0.1:5\"]");
  }

  @Test
  void theSecretIsTheOwnersAloneAndStaysIfWanted() throws Exception {
    RunDirectory run = new RunDirectory(folder);
    WebhookSecrets.write(run, true);
    String first = Files.readString(run.webhookSecrets());
    assertThat(first).matches("\\*=whsec_[A-Za-z0-9+/]{43}=\n");
    assertThat(Files.getPosixFilePermissions(run.webhookSecrets()))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    WebhookSecrets.write(run, true);
    assertThat(run.webhookSecrets()).hasContent(first);
    WebhookSecrets.write(run, false);
    assertThat(Files.readString(run.webhookSecrets())).isNotEqualTo(first);
  }

  @Test
  void slotsAreSharedOut() {
    assertThat(UpOptions.builder().slots(5).taskManagers(2).build().slotsPerTaskManager())
        .isEqualTo(3);
    assertThatThrownBy(() -> UpOptions.builder().slots(1).taskManagers(2).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--taskmanagers");
  }

  @Test
  void moreMemoryThanThereIsIsOneLine() {
    assertThatThrownBy(
            () -> Memory.require(UpOptions.builder().taskManagerMemory("99999g").build()))
        .hasMessageContaining("too little memory");
  }
}
