package io.tillstream.operators.enrichment.lookup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.SafeEncoder;

/**
 * The catalog in Redis: every batch is one round trip. It connects when needed, and anew after
 * every failure: then a changed password, address or master is noticed.
 */
public final class RedisLookups implements Lookups {

  /** Makes them. */
  public record Factory(RedisOptions options) implements Lookups.Factory {
    @Override
    public Lookups open() {
      return new RedisLookups(options);
    }
  }

  private static final String WRONG_TYPE = "WRONGTYPE";

  private final RedisOptions options;
  private volatile Connection connection; // null while there is none
  private volatile boolean closed;

  /** Connects to nothing yet. */
  public RedisLookups(RedisOptions options) {
    this.options = options;
  }

  @Override
  public List<Answer> ask(List<LookupKey> keys) throws LookupFailure {
    // The catalog's mark is read before and after: a catalog that vanished in between would
    // otherwise be taken for one that never had these products.
    List<CommandArguments> commands = new ArrayList<>(keys.size() + 2);
    addCatalogCheck(commands);
    for (LookupKey key : keys) {
      commands.add(
          new CommandArguments(Command.HMGET)
              .key(key.kind().redisKey(key.id()))
              .add(key.kind().field()));
    }
    addCatalogCheck(commands);
    List<Object> replies = exchange(commands);
    int first = checksCatalog() ? 1 : 0;
    if (checksCatalog()) {
      checkCatalog(replies.get(0));
      checkCatalog(replies.get(replies.size() - 1));
    }
    List<Answer> answers = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      answers.add(answer(replies.get(first + i)));
    }
    return answers;
  }

  @Override
  public void probe() throws LookupFailure {
    List<CommandArguments> commands = new ArrayList<>(2);
    commands.add(new CommandArguments(Command.PING));
    addCatalogCheck(commands);
    List<Object> replies = exchange(commands);
    if (replies.get(0) instanceof JedisDataException refused) {
      throw failed(refused);
    }
    if (checksCatalog()) {
      checkCatalog(replies.get(1));
    }
  }

  private boolean checksCatalog() {
    return !options.catalogKey().isEmpty();
  }

  private void addCatalogCheck(List<CommandArguments> commands) {
    if (checksCatalog()) {
      commands.add(new CommandArguments(Command.GET).key(options.catalogKey()));
    }
  }

  private void checkCatalog(Object reply) throws LookupFailure {
    if (reply instanceof JedisDataException refused) {
      throw failed(refused);
    }
    if (reply == null) {
      throw new LookupFailure(
          "Redis has no catalog: " + options.catalogKey() + " is missing", null);
    }
  }

  private Answer answer(Object reply) throws LookupFailure {
    if (reply instanceof JedisDataException refused) {
      if (String.valueOf(refused.getMessage()).startsWith(WRONG_TYPE)) {
        return Answer.UNKNOWN;
      }
      throw failed(refused);
    }
    if (reply instanceof List<?> fields && fields.size() == 1) {
      Object field = fields.get(0);
      if (field == null) {
        return Answer.UNKNOWN;
      }
      if (field instanceof byte[] bytes) {
        return Answer.of(SafeEncoder.encode(bytes));
      }
    }
    throw failed(new IllegalStateException("an unexpected reply to HMGET"));
  }

  private List<Object> exchange(List<CommandArguments> commands) throws LookupFailure {
    long end = System.nanoTime() + options.batchBound().toNanos();
    try {
      Connection open = connected();
      for (CommandArguments command : commands) {
        open.sendCommand(command);
      }
      List<Object> replies = new ArrayList<>(commands.size());
      for (int i = 0; i < commands.size(); i++) {
        limitTo(end, open);
        try {
          replies.add(open.getOne());
        } catch (JedisDataException refused) {
          replies.add(refused);
        }
      }
      return replies;
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  // Each reply has its time-out, but many slow replies must not add up.
  private void limitTo(long end, Connection open) {
    long left = (end - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new IllegalStateException("the batch took longer than " + options.batchBound());
    }
    int timeout = (int) Math.min(left, options.socketTimeout().toMillis());
    if (timeout < options.socketTimeout().toMillis() || open.getSoTimeout() != timeout) {
      open.setSoTimeout(timeout);
    }
  }

  private Connection connected() {
    Connection open = connection;
    if (open == null) {
      RedisOptions.Target target = options.target();
      open = new Connection(new HostAndPort(target.host(), target.port()), config(target));
      connection = open;
      if (closed) {
        abort();
        throw new IllegalStateException("closed");
      }
    }
    return open;
  }

  private DefaultJedisClientConfig config(RedisOptions.Target target) {
    // The oldest protocol and no greetings: proxies and servers before 6 understand it as well.
    // Naming a protocol, even RESP2, would greet with HELLO.
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .autoNegotiateProtocol(false)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .connectionTimeoutMillis((int) options.connectTimeout().toMillis())
            .socketTimeoutMillis((int) options.socketTimeout().toMillis())
            .user(target.user())
            .password(target.password())
            .database(target.database());
    if (target.tls()) {
      // The certificate must be trusted and fit the host.
      config.sslOptions(SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
    }
    return config.build();
  }

  private LookupFailure failed(Exception cause) {
    abort();
    return new LookupFailure("Redis at " + options + ": " + cause.getMessage(), cause);
  }

  @Override
  public void abort() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.forceDisconnect();
      } catch (IOException | RuntimeException e) {
        // It is of no use any more either way.
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    abort();
  }
}
