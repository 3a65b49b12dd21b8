package io.tillstream.local.layout;

import io.tillstream.local.process.StackException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The repository (or an unpacked distribution) and what the build left in it. */
public record Home(Path root) {
  private static final String MARK = "flink-conf.yaml";

  /** From {@code TILLSTREAM_HOME}, else the nearest folder upwards that holds flink-conf.yaml. */
  public static Home find() {
    String given = System.getenv("TILLSTREAM_HOME");
    if (given != null && !given.isBlank()) {
      return new Home(Path.of(given).toAbsolutePath().normalize());
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve(MARK)) && Files.isDirectory(at.resolve("local/servers"))) {
        return new Home(at);
      }
    }
    throw new StackException("not inside a Tillstream repository: set TILLSTREAM_HOME to it");
  }

  public Path flinkConf() {
    return root.resolve(MARK);
  }

  /** The jars of a server: {@code flink}, {@code kafka} or {@code s3}. */
  public Path serverJars(String server) {
    Path lib = root.resolve("local/servers/" + server + "/target/lib");
    if (!Files.isDirectory(lib)) {
      throw new StackException("not built yet: " + lib + " is missing (mvn package builds it)");
    }
    return lib;
  }

  /** The dashboard's classes and the jars they need, as a class path. */
  public String dashboardClassPath() {
    Path target = root.resolve("dashboard/target");
    Path lib = target.resolve("lib");
    if (!Files.isDirectory(lib)) {
      throw new StackException("not built yet: " + lib + " is missing (mvn package builds it)");
    }
    return target.resolve("classes") + File.pathSeparator + lib + "/*";
  }

  public Path flinkPlugins() {
    return root.resolve("local/servers/flink/target/plugins");
  }

  /** The shaded job jar; {@code TILLSTREAM_JOB_JAR} names another one. */
  public Path jobJar() {
    String given = System.getenv("TILLSTREAM_JOB_JAR");
    if (given != null && !given.isBlank()) {
      return Path.of(given).toAbsolutePath();
    }
    Path target = root.resolve("jobs/target");
    List<Path> found = List.of();
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        found =
            files
                .filter(f -> f.getFileName().toString().matches("tillstream-jobs-.*-job\\.jar"))
                .toList();
      } catch (IOException e) {
        throw new StackException("cannot read " + target + ": " + e.getMessage(), e);
      }
    }
    if (found.size() != 1) {
      throw new StackException(
          found.isEmpty()
              ? "not built yet: no tillstream-jobs-*-job.jar in " + target
              : "several job jars in " + target + ": run mvn clean package");
    }
    return found.get(0);
  }

  /** {@code TILLSTREAM_RUN}, else {@code run} in the repository. */
  public RunDirectory run() {
    String given = System.getenv("TILLSTREAM_RUN");
    Path path = given == null || given.isBlank() ? root.resolve("run") : Path.of(given);
    return new RunDirectory(path.toAbsolutePath().normalize());
  }
}
