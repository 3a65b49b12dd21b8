package io.tillstream.operators.alerting.webhooks.sending;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;

/**
 * Secrets from a file, read again whenever it changes, and from the environment, which stands for
 * {@code *} where the file has no such line. Its threads are the sender's, never the task's.
 */
public final class SecretsFile implements Secrets {
  /** The variable of the environment. */
  public static final String VARIABLE = "TILLSTREAM_WEBHOOK_SECRET";

  private static final System.Logger LOG = System.getLogger(SecretsFile.class.getName());

  private record Stamp(FileTime changed, long size, Object file) {}

  private final Path file; // null for none
  private final String fromEnvironment; // null for none
  private Stamp stamp;
  private SecretLines lines = SecretLines.of("");
  private String trouble;

  /**
   * Secrets not yet read.
   *
   * @param file a path, or empty
   * @param fromEnvironment the value of {@link #VARIABLE}, or null
   */
  public SecretsFile(String file, String fromEnvironment) {
    this.file = file.isEmpty() ? null : Path.of(file);
    this.fromEnvironment =
        fromEnvironment == null || fromEnvironment.isBlank() ? null : fromEnvironment;
  }

  @Override
  public synchronized List<Secret> of(Destination destination) throws RefusedException {
    refresh();
    List<Secret> found = lines.of(destination);
    if (found == null && fromEnvironment != null) {
      try {
        found = SecretLines.secrets(fromEnvironment);
      } catch (IllegalArgumentException e) {
        throw new RefusedException(VARIABLE + ": " + e.getMessage());
      }
    }
    if (found == null) {
      throw new RefusedException(
          "there is no secret to sign with"
              + (trouble == null ? "" : ": the secrets file " + trouble));
    }
    return found;
  }

  // What was read last stays in force while the file cannot be read: it may be in exchange.
  private void refresh() {
    if (file == null) {
      return;
    }
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      Stamp seen = new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
      if (!seen.equals(stamp)) {
        lines = SecretLines.of(Files.readString(file));
        stamp = seen;
        say(lines.complaints().isEmpty() ? null : "is not right in " + lines.complaints().get(0));
      }
    } catch (IOException e) {
      stamp = null;
      say("cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private void say(String now) {
    if (now != null && !Objects.equals(now, trouble)) {
      LOG.log(System.Logger.Level.WARNING, "The file with the webhooks'' secrets {0}", now);
    }
    trouble = now;
  }

  @Override
  public String toString() {
    return "SecretsFile[not shown]";
  }
}
