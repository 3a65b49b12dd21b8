package io.tillstream.operators.enrichment.lookup;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Where Redis is and how long it may take.
 *
 * @param uri {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://} for TLS;
 *     special characters of the password percent-encoded
 * @param catalogKey the key that says the catalog has been loaded; empty switches the check off
 * @param connectTimeout 1 ms..1 min
 * @param socketTimeout how long one reply may take, 1 ms..1 min
 * @param batchBound how long one batch may take in all, 1 ms..1 min
 */
public record RedisOptions(
    String uri,
    String catalogKey,
    Duration connectTimeout,
    Duration socketTimeout,
    Duration batchBound)
    implements Serializable {
  private static final int DEFAULT_PORT = 6379;

  /** Checks the bounds and the URI. */
  public RedisOptions {
    Checks.notNull("catalogKey", catalogKey);
    Checks.within("connectTimeout", connectTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
    Checks.within("socketTimeout", socketTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
    Checks.within("batchBound", batchBound, Duration.ofMillis(1), Duration.ofMinutes(1));
    parse(uri);
  }

  /** The usual time-outs: a quarter of a second, half a second for a batch. */
  public static RedisOptions of(String uri) {
    return new RedisOptions(
        uri,
        "catalog:loaded_at",
        Duration.ofMillis(250),
        Duration.ofMillis(250),
        Duration.ofMillis(500));
  }

  /** The same with another {@link #catalogKey}. */
  public RedisOptions withCatalogKey(String key) {
    return new RedisOptions(uri, key, connectTimeout, socketTimeout, batchBound);
  }

  /** The URI in its parts. */
  Target target() {
    return parse(uri);
  }

  record Target(boolean tls, String host, int port, int database, String user, String password) {}

  private static Target parse(String text) {
    Checks.notNull("uri", text);
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw refusal("not a URI"); // without the cause: it quotes the text, password and all
    }
    boolean tls = "rediss".equals(uri.getScheme());
    if (!tls && !"redis".equals(uri.getScheme())) {
      throw refusal("another scheme");
    }
    if (uri.getHost() == null) {
      throw refusal("no host");
    }
    String info = uri.getRawUserInfo();
    int colon = info == null ? -1 : info.indexOf(':');
    if (info != null && colon < 0) {
      throw refusal("a user without a password");
    }
    return new Target(
        tls,
        unbracketed(uri.getHost()),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        database(uri.getPath()),
        colon > 0 ? decode(info.substring(0, colon)) : null,
        colon >= 0 ? decode(info.substring(colon + 1)) : null);
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static int database(String path) {
    if (path == null || path.isEmpty() || path.equals("/")) {
      return 0;
    }
    if (!path.matches("/[0-9]{1,5}")) {
      throw refusal("a database that is no number");
    }
    return Integer.parseInt(path.substring(1));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException refusal(String problem) {
    return new IllegalArgumentException(
        "uri must be redis[s]://[user:password@]host[:port][/database], not " + problem);
  }

  @Override
  public String toString() {
    Target target = target(); // never the password
    return (target.tls() ? "rediss://" : "redis://")
        + target.host()
        + ":"
        + target.port()
        + "/"
        + target.database();
  }
}
