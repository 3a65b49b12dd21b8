package io.tillstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.local.layout.RunDirectory;
import io.tillstream.local.stack.LocalStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A start that cannot succeed says why in one line and leaves nothing. */
class FailedStartIT {
  private static final int[] PUBLIC_PORTS = {9092, 6379, 9000, 8081, 8080};

  private final RunDirectory run = Shop.runOf(FailedStartIT.class);

  @AfterEach
  void down() throws IOException {
    LocalStack.down(run);
    RunDirectory.delete(run.path());
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    int offset = freeOffset();
    int port = 6379 + offset;
    try (ServerSocket somebody = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      Cli.Result up = Cli.run(run, "up", "--port-offset", "" + offset);

      assertThat(somebody.isBound()).isTrue();
      assertThat(up.exit()).isEqualTo(1);
      assertThat(up.err().strip()).hasLineCount(1).contains("port " + port).contains("Redis");
    }
    requireNothingLeft();
  }

  @Test
  void aJobThatRefusesItsOptionsTakesTheServersWithIt() throws Exception {
    // Lateness must be below the dedup window of 5 minutes; that only the job knows.
    Cli.Result up = Cli.run(run, "up", "--port-offset", "" + freeOffset(), "--lateness", "PT10M");

    assertThat(up.exit()).as(up.err()).isEqualTo(1);
    assertThat(lastLine(up.err())).startsWith("tillstream: ").contains("lateness");
    requireNothingLeft();
  }

  private void requireNothingLeft() throws Exception {
    Leftovers.requireNone(run.path());
    assertThat(run.endpoints()).doesNotExist();
    Cli.Result down = Cli.run(run, "down");
    assertThat(down.exit()).isZero();
    assertThat(down.err()).contains("nothing was running");
  }

  private static String lastLine(String text) {
    return text.strip().lines().reduce("", (before, line) -> line);
  }

  /** An offset at which nobody listens on any of the public ports. */
  private static int freeOffset() {
    for (int offset = 11_000; offset < 50_000; offset += 97) {
      if (allFree(offset)) {
        return offset;
      }
    }
    throw new AssertionError("no free ports");
  }

  private static boolean allFree(int offset) {
    for (int port : PUBLIC_PORTS) {
      try (ServerSocket probe =
          new ServerSocket(port + offset, 1, InetAddress.getLoopbackAddress())) {
        if (!probe.isBound()) {
          return false;
        }
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}
