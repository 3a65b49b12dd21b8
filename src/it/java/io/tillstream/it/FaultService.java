package io.tillstream.it;

import io.tillstream.local.layout.Home;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Faults inside agents: a directory with a service for the job's fault port, compiled against the
 * job's jar (so that these tests themselves know nothing of the operators), and the file that
 * steers it. In the file stands which agents fail, and on which product: {@code aggregation *}.
 */
final class FaultService {
  private static final String PORT = "io.tillstream.operators.fault.FaultPort";
  private static final String NAME = "faults.FromAFile";

  private static final String SOURCE =
      """
      package faults;

      import io.tillstream.operators.fault.FaultPort;
      import io.tillstream.routing.event.ShopEvent;
      import java.nio.file.Files;
      import java.nio.file.Path;

      public final class FromAFile implements FaultPort {
        private static final Path FILE = Path.of("%s");
        private static final long OFTEN = 20_000_000;
        private static volatile String[] words = {"", ""};
        private static volatile long read = System.nanoTime() - OFTEN;

        @Override
        public void before(String agent, ShopEvent event) {
          if (System.nanoTime() - read >= OFTEN) {
            words = words();
            read = System.nanoTime();
          }
          String[] now = words;
          if (("," + now[0] + ",").contains("," + agent + ",")
              && (now[1].equals("*") || now[1].equals(event.lines().get(0).itemId()))) {
            throw new IllegalStateException("a fault made on purpose");
          }
        }

        private static String[] words() {
          try {
            String[] there = Files.readString(FILE).strip().split(" ");
            return there.length == 2 ? there : new String[] {"", ""};
          } catch (java.io.IOException none) {
            return new String[] {"", ""};
          }
        }
      }
      """;

  private final Path folder;
  private final Path steering;

  private FaultService(Path folder) {
    this.folder = folder;
    this.steering = folder.resolve("steering");
  }

  /** A fault service for a test class; it does nothing until told. */
  static FaultService of(Class<?> test) {
    Path target = Home.find().root().resolve("src/it/target/fault-port");
    FaultService service = new FaultService(target.resolve(test.getSimpleName()));
    try {
      service.build();
    } catch (IOException e) {
      throw new AssertionError("the fault service can't be written", e);
    }
    return service;
  }

  /** For the job's class path. */
  URL url() {
    try {
      return folder.resolve("classes/").toUri().toURL();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** From now on those agents fail on events whose first product is that one. */
  void failOn(String product, String... agents) {
    steer(String.join(",", agents) + " " + product);
  }

  /** From now on those agents fail on every event. */
  void failOnAll(String... agents) {
    failOn("*", agents);
  }

  /** No fault any more. */
  void heal() {
    steer("");
  }

  /** In one step: a reader sees the old or the new. */
  private void steer(String words) {
    try {
      Path next = folder.resolve("steering.next");
      Files.writeString(next, words);
      Files.move(next, steering, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new AssertionError("needs a file system that renames in one step", e);
    } catch (IOException e) {
      throw new AssertionError("the faults can't be steered", e);
    }
  }

  private void build() throws IOException {
    Path classes = folder.resolve("classes");
    Path services = classes.resolve("META-INF/services");
    Files.createDirectories(services);
    Files.writeString(services.resolve(PORT), NAME + "\n");
    Path source = folder.resolve("FromAFile.java");
    Files.writeString(source, SOURCE.formatted(steering.toString().replace("\\", "\\\\")));
    heal();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter words = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                words,
                null,
                null,
                List.of(
                    "--release",
                    "17",
                    "-cp",
                    Home.find().jobJar().toString(),
                    "-d",
                    classes.toString()),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
            .call();
    if (!compiled) {
      throw new AssertionError("the fault service does not compile: " + words);
    }
  }
}
