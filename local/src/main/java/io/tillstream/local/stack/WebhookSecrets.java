package io.tillstream.local.stack;

import io.tillstream.local.layout.RunDirectory;
import io.tillstream.local.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The key that this stack signs its webhooks with: made by chance, in a file, never printed. */
final class WebhookSecrets {
  private static final int BYTES = 32;

  private WebhookSecrets() {}

  /**
   * Writes {@code run/webhook-secrets} for all destinations.
   *
   * @param keep leaves the one of the last run, if there is one
   */
  static void write(RunDirectory run, boolean keep) {
    Path file = run.webhookSecrets();
    if (keep && Files.exists(file)) {
      return;
    }
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    try {
      Files.deleteIfExists(file);
      // Nobody else may read it, not even for the moment before the permissions are set.
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, "*=whsec_" + Base64.getEncoder().encodeToString(key) + "\n");
    } catch (IOException e) {
      throw new StackException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
