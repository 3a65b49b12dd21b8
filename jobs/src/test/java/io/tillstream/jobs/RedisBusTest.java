package io.tillstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.jobs.redis.RedisReportChannel;
import io.tillstream.jobs.redis.RedisStreamSource;
import io.tillstream.operators.orchestration.ReportMessage;
import io.tillstream.routing.agent.ReportChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.connector.source.Source;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** The bus as a stream in Redis. */
class RedisBusTest extends BusContract {
  private static final int LENGTH = 1_000;

  private TestRedis redis;
  private String stream;

  @Override
  TestServer server(Path of) throws IOException {
    redis = new TestRedis(of);
    return redis;
  }

  @Override
  void prepare(String prefix) {
    stream = prefix + Bus.STREAM;
  }

  @Override
  ReportChannel.Factory sender() {
    return RedisReportChannel.factory(redis.address(), stream, LENGTH);
  }

  @Override
  Source<ReportMessage, ?, ?> receiver() {
    return new RedisStreamSource(redis.address(), stream);
  }

  @Override
  void garbage() {
    try (Jedis jedis = redis.client()) {
      jedis.xadd(stream, StreamEntryID.NEW_ENTRY, Map.of("report", "{"));
      jedis.xadd(stream, StreamEntryID.NEW_ENTRY, Map.of("other", "field"));
    }
  }

  @Override
  long stored() {
    try (Jedis jedis = redis.client()) {
      return jedis.xlen(stream);
    }
  }

  @Test
  void theStreamHasABound() throws Exception {
    Sender sender = new Sender("enrichment");
    sender.send(2_500);
    TestServer.await("most of it", Duration.ofSeconds(20), () -> stored() >= LENGTH - 1);
    sender.send(200);
    // Redis trims whole nodes of a hundred entries.
    assertThat(stored()).isBetween(LENGTH - 1L, LENGTH + 200L);
  }

  @Test
  void aStreamThatWasTrimmedOrIsNewGoesOn() throws Exception {
    listen(null);
    awaitListening();
    Sender sender = new Sender("enrichment");
    sender.send(10);
    sender.awaitHeard("the first part");
    String savepoint = stopWithSavepoint();
    long before = stored();
    sender.send(30);
    TestServer.await("the entries", Duration.ofSeconds(20), () -> stored() == before + 30);
    try (Jedis jedis = redis.client()) {
      jedis.xtrim(stream, 5, false);
    }
    listen(savepoint);
    sender.awaitHeard("what is left");
    assertThat(sender.heard()).endsWith(36L, 37L, 38L, 39L, 40L).hasSize(15);

    try (Jedis jedis = redis.client()) {
      jedis.flushAll();
      // Another stream under the same name, by a clock that is far behind.
      jedis.xadd(stream, new StreamEntryID(5, 0), Map.of("other", "field"));
      int heard = Collected.size("heard");
      TestServer.await(
          "the new stream", Duration.ofSeconds(20), () -> Collected.size("heard") > heard);
    }
    sender.send(10);
    sender.awaitHeard("the new stream's reports");
    assertThat(sender.heard()).doesNotHaveDuplicates().hasSize(25);
  }

  @Test
  void aKeyOfAnotherKindIsWaitedFor() throws Exception {
    try (Jedis jedis = redis.client()) {
      jedis.set(stream, "no stream");
      listen(null);
      Sender sender = new Sender("enrichment");
      sendFor(Duration.ofSeconds(3), sender);
      jedis.del(stream);
      awaitSomethingNew(sender);
    }
    assertThat(isRunning()).isTrue();
  }
}
