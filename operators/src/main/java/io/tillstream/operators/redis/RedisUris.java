package io.tillstream.operators.redis;

import java.net.URI;

/** Addresses of Redis. */
public final class RedisUris {
  private static final int DEFAULT_PORT = 6379;

  private RedisUris() {}

  /**
   * The address with a port, the usual one where none is given: Jedis asks for one.
   *
   * @param uri {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://}
   * @throws IllegalArgumentException if it is no URI
   */
  public static URI withPort(String uri) {
    URI given = URI.create(uri);
    return given.getPort() >= 0 || given.getRawAuthority() == null
        ? given
        : URI.create(
            given.getScheme()
                + "://"
                + given.getRawAuthority()
                + ":"
                + DEFAULT_PORT
                + given.getRawPath());
  }
}
