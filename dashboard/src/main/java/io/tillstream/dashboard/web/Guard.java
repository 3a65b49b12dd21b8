package io.tillstream.dashboard.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Who may see anything: by token, by the names in Host and Origin. */
final class Guard {
  private static final String BEARER = "Bearer ";

  private final byte[] token; // null if none is asked for
  private final boolean loopback;
  private final String cookieValue;

  /**
   * A guard.
   *
   * @param token null if none is asked for
   * @param loopback whether the server listens on this machine only; then it answers to this
   *     machine's names only, so that no page elsewhere reaches it under a name of its own
   */
  Guard(String token, boolean loopback) {
    this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
    this.loopback = loopback;
    this.cookieValue = token == null ? null : derived(this.token);
  }

  // The token itself stays out of the browser's store.
  private static String derived(byte[] token) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token, "HmacSHA256"));
      byte[] digest = mac.doFinal("tillstream dashboard cookie".getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  boolean asksForToken() {
    return token != null;
  }

  /** What a browser that showed the token keeps instead of it. */
  String cookieValue() {
    return cookieValue;
  }

  /** Whether that is the token; each may be null. */
  boolean isToken(String shown) {
    return shown != null && equal(token, shown.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether any of these lets somebody in; each may be null. */
  boolean admits(String authorization, String parameter, String cookie) {
    if (token == null || isToken(parameter)) {
      return true;
    }
    boolean bearer =
        authorization != null
            && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
            && isToken(authorization.substring(BEARER.length()).strip());
    return bearer
        || (cookie != null
            && equal(
                cookieValue.getBytes(StandardCharsets.UTF_8),
                cookie.getBytes(StandardCharsets.UTF_8)));
  }

  // In the same time wherever they differ, also in length.
  private static boolean equal(byte[] one, byte[] other) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return MessageDigest.isEqual(digest.digest(one), digest.digest(other));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a request for that host is meant for this server. */
  boolean isOurs(String host) {
    return !loopback || (host != null && isLoopback(name(host)));
  }

  /** Whether a page of that origin may open a WebSocket to that host; programs say no origin. */
  static boolean sameOrigin(String origin, String host) {
    if (origin == null) {
      return true;
    }
    int scheme = origin.indexOf("://");
    return scheme > 0 && host != null && origin.substring(scheme + 3).equalsIgnoreCase(host);
  }

  private static String name(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (lower.startsWith("[")) {
      int end = lower.indexOf(']');
      return end < 0 ? lower : lower.substring(1, end);
    }
    int colon = lower.lastIndexOf(':');
    return colon < 0 ? lower : lower.substring(0, colon);
  }

  private static boolean isLoopback(String name) {
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("::1")
        || name.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
  }
}
