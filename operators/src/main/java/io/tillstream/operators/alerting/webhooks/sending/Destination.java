package io.tillstream.operators.alerting.webhooks.sending;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a webhook goes. Its path and query may be as good as a password, so only the host is ever
 * shown.
 *
 * @param text the URL as a person wrote it
 * @param uri what is posted to
 */
public record Destination(String text, URI uri) {
  private static final int MOST_CHARACTERS = 2_048;
  private static final int MOST_PORT = 65_535;

  /**
   * The destination a URL names.
   *
   * @throws RefusedException if nothing can be sent there
   */
  public static Destination of(String text) throws RefusedException {
    if (text == null || text.isEmpty() || text.length() > MOST_CHARACTERS) {
      throw new RefusedException("the URL must have 1.." + MOST_CHARACTERS + " characters");
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new RefusedException("the URL is malformed at character " + e.getIndex());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new RefusedException("the URL must begin with https:// or http://");
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      throw new RefusedException("the URL names no host");
    }
    if (uri.getUserInfo() != null) {
      throw new RefusedException("the URL must not hold a user or a password");
    }
    if (uri.getPort() == 0 || uri.getPort() > MOST_PORT) {
      throw new RefusedException("the URL's port must be 1.." + MOST_PORT);
    }
    return new Destination(text, uri);
  }

  /** The host in lower case, a literal IPv6 address without brackets. */
  public String host() {
    return bare(uri.getHost());
  }

  static String bare(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.startsWith("[") ? lower.substring(1, lower.length() - 1) : lower;
  }

  /** What may be shown of a URL: its host, or a word if it has none. */
  public static String shown(String text) {
    try {
      return of(text).host();
    } catch (RefusedException e) {
      return "a malformed URL";
    }
  }

  @Override
  public String toString() {
    return host();
  }
}
