package io.tillstream.local.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.tillstream.local.process.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verifies signatures as Standard Webhooks asks, the timestamp within five minutes among it. It
 * knows secrets, and shows none.
 */
public final class Verifier {
  private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/]+=*");

  /** What every message must carry. */
  public static final List<String> HEADERS =
      List.of("webhook-id", "webhook-timestamp", "webhook-signature");

  private final List<Webhook> secrets;

  private Verifier(List<Webhook> secrets) {
    this.secrets = secrets;
  }

  /**
   * With one secret.
   *
   * @throws StackException if it is none; the message does not hold it
   */
  public static Verifier of(String secret) {
    if (!SECRET.matcher(secret).matches()) {
      throw new StackException("a secret must be whsec_ and Base64, and is not");
    }
    return new Verifier(List.of(webhook(secret)));
  }

  /**
   * With every secret in a file, whoever it is for: a properties file, or just a secret.
   *
   * @throws StackException if it cannot be read, or holds none
   */
  public static Verifier of(Path file) {
    List<Webhook> found = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.stripLeading().startsWith("#")) {
          Matcher matcher = SECRET.matcher(line.replace("\\", "")); // as properties are escaped
          while (matcher.find()) {
            found.add(webhook(matcher.group()));
          }
        }
      }
    } catch (IOException e) {
      throw new StackException(
          "cannot read " + file + (Files.exists(file) ? "" : ": no such file"), e);
    }
    if (found.isEmpty()) {
      throw new StackException(file + " holds no secret: whsec_ and Base64");
    }
    return new Verifier(found);
  }

  private static Webhook webhook(String secret) {
    try {
      return new Webhook(secret);
    } catch (IllegalArgumentException e) {
      // Without the cause, whose message may show a part of it.
      throw new StackException("a secret must be whsec_ and Base64, and is not");
    }
  }

  /**
   * What is wrong with a message.
   *
   * @param headers by name in lower case
   * @return null if nothing is
   */
  public String complaint(Map<String, List<String>> headers, byte[] body) {
    String complaint = "no secret";
    for (Webhook secret : secrets) {
      try {
        secret.verify(new String(body, StandardCharsets.UTF_8), headers);
        return null;
      } catch (WebhookVerificationException e) {
        complaint = e.getMessage();
      } catch (RuntimeException e) {
        complaint = "malformed headers"; // such as a timestamp that is no number
      }
    }
    return complaint;
  }

  @Override
  public String toString() {
    return "Verifier[" + secrets.size() + " secrets]";
  }
}
