package io.tillstream.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
  @TempDir private Path folder;
  private Processes processes;

  @BeforeEach
  void start() {
    processes = new Processes(folder);
  }

  @AfterEach
  void leaveNothing() {
    processes.stopAll();
    assertThat(processes.alive()).isEmpty();
  }

  private ServerProcess sleep(String name) {
    return processes.spawn(name, List.of("sleep", "300"), Map.of());
  }

  @Test
  void foundAgainByItsPidFile() {
    ServerProcess process = sleep("one");
    assertThat(process.alive()).isTrue();
    assertThat(new Processes(folder).find("one").map(ServerProcess::pid)).contains(process.pid());
    process.kill();
    assertThat(process.alive()).isFalse();
    assertThat(new Processes(folder).find("one")).isEmpty();
  }

  @Test
  void aPidThatBelongsToSomebodyElseNowIsNotOurs() throws Exception {
    long stranger = ProcessHandle.current().pid();
    Files.createDirectories(folder.resolve("pids"));
    Files.writeString(folder.resolve("pids/old.pid"), stranger + "\nticks-1\n");
    assertThat(processes.find("old")).isEmpty();
    processes.stopAll();
    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  @Test
  void afterStoppingNothingStartsAnyMore() {
    ServerProcess process = sleep("one");
    processes.stopAll();
    assertThat(process.alive()).isFalse();
    assertThatThrownBy(() -> sleep("two")).isInstanceOf(StackException.class);
  }

  @Test
  void whoIsPausedHangsUntilResumedAndIsStoppedAllTheSame() throws Exception {
    ServerProcess process = sleep("one");
    process.pause();
    awaitState(process, "T");
    process.resume();
    awaitState(process, "S");
    process.pause();
    processes.stopAll();
    assertThat(process.alive()).isFalse();
    assertThatThrownBy(process::pause).hasMessageContaining("one is not running");
  }

  /** A signal takes its moment on a busy machine. */
  private static void awaitState(ServerProcess process, String letter) {
    Wait.until(
        Duration.ofSeconds(20), "its state is " + letter, () -> state(process).startsWith(letter));
  }

  private static String state(ServerProcess process) throws Exception {
    Process ps = new ProcessBuilder("ps", "-o", "stat=", "-p", "" + process.pid()).start();
    return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  @Test
  void whoIgnoresATerminationIsKilled() {
    ServerProcess stubborn =
        processes.spawn(
            "stubborn", List.of("sh", "-c", "trap '' TERM; while :; do sleep 1; done"), Map.of());
    processes.stopAll();
    assertThat(stubborn.alive()).isFalse();
  }

  @Test
  void whatItSaidLastIsTheReason() {
    ServerProcess failing =
        processes.spawn(
            "failing",
            List.of("sh", "-c", "echo hello; echo 'ERROR no such disk' >&2; echo bye; exit 3"),
            Map.of());
    Wait.until(Duration.ofSeconds(20), "it ends", () -> !failing.alive());
    assertThatThrownBy(failing::requireAlive).hasMessageContaining("ERROR no such disk");
  }
}
