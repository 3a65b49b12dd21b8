package io.tillstream.local.layout;

import io.tillstream.local.process.StackException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** The folder everything local lives under: data, configuration, logs, pid files, addresses. */
public record RunDirectory(Path path) {
  /** The run directories inside this one whose names begin so. */
  public List<RunDirectory> within(String prefix) {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(path)) {
      return inside
          .filter(folder -> folder.getFileName().toString().startsWith(prefix))
          .filter(Files::isDirectory)
          .map(RunDirectory::new)
          .toList();
    } catch (IOException e) {
      throw new StackException("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  public Path kafka() {
    return path.resolve("kafka");
  }

  public Path redis() {
    return path.resolve("redis");
  }

  public Path s3() {
    return path.resolve("s3");
  }

  public Path flink() {
    return path.resolve("flink");
  }

  public Path conf() {
    return path.resolve("conf");
  }

  public Path logs() {
    return path.resolve("logs");
  }

  public Path endpoints() {
    return path.resolve("endpoints.json");
  }

  /** What {@code up} was asked for, so that {@code start} can do it again. */
  public Path setup() {
    return path.resolve("setup.json");
  }

  /** Keys that webhooks are signed with, readable by their owner only. */
  public Path webhookSecrets() {
    return path.resolve("webhook-secrets");
  }

  /** A configuration that lets a Prometheus scrape this stack. */
  public Path prometheus() {
    return conf().resolve("prometheus.yml");
  }

  public Path lock() {
    return path.resolve("lock");
  }

  /** Makes the folders; unless {@code keep}, all data and logs of the last run go first. */
  public void prepare(boolean keep) {
    try {
      if (!keep) {
        for (Path data : new Path[] {kafka(), redis(), s3(), logs()}) {
          delete(data);
        }
      }
      // Flink's own disk holds copies only; a fresh cluster never reads an old one's.
      delete(flink());
      Files.deleteIfExists(endpoints());
      Files.deleteIfExists(setup());
      for (Path folder :
          new Path[] {kafka(), redis(), s3(), flink().resolve("tmp"), conf(), logs()}) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new StackException("cannot prepare " + path + ": " + e.getMessage(), e);
    }
  }

  /** Deletes the servers' data, gigabytes perhaps, and leaves configuration and logs. */
  public void deleteData() {
    try {
      for (Path data : new Path[] {kafka(), redis(), s3(), flink()}) {
        delete(data);
      }
    } catch (IOException e) {
      throw new StackException("cannot clean " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Copies a resource of this package's owner into {@code conf} and returns where it is. Servers
   * start side by side and some share a resource, so there is always a whole one.
   */
  public Path installResource(Class<?> owner, String resource) {
    Path target = conf().resolve(resource);
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + resource + " beside " + owner);
      }
      Files.createDirectories(conf());
      Path part = Files.createTempFile(conf(), resource, ".part");
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a small text file whole: a reader sees the old or the new one, never half of it. */
  public static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StackException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** Deletes a folder with all that is in it; symbolic links are not followed. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
