package io.tillstream.operators.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.operators.figures.CartSignal;
import io.tillstream.operators.figures.CartSignalCodec;
import io.tillstream.operators.ingestion.Ingested.ClockReading;
import io.tillstream.operators.ingestion.Ingested.EventReading;
import io.tillstream.operators.ingestion.SourceMessage.PartitionAssigned;
import io.tillstream.operators.ingestion.SourceMessage.RawRecord;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.operators.wire.Frontier;
import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.event.ErrorClass;
import io.tillstream.routing.event.EventLine;
import io.tillstream.routing.event.EventType;
import io.tillstream.routing.event.Id128;
import io.tillstream.routing.event.ShopEvent;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IngestionCodecTest {
  private static final ShopEvent EVENT =
      new ShopEvent(
          Id128.of("e"),
          EventType.PURCHASE,
          1_700_000_000_000L,
          1_700_000_000_500L,
          "u",
          Id128.of("s"),
          "USD",
          List.of(new EventLine("SKU1", 2, 25_980_000, EventLine.NO_STOCK)),
          3,
          4_000_000);

  private static <T> T again(T value, Class<? extends Codec<T>> codec) throws IOException {
    CodecSerializer<T> serializer = new CodecSerializer<>(codec);
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    T read = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return read;
  }

  private static <T> void roundTrip(T value, Class<? extends Codec<T>> codec) throws IOException {
    // Recursive, because records compare arrays by identity.
    assertThat(again(value, codec)).usingRecursiveComparison().isEqualTo(value);
  }

  @Test
  void sourceMessages() throws IOException {
    byte[] bytes = {0, 1, -1};
    List<Header> headers = List.of(new Header("h", bytes), new Header("empty", null));
    roundTrip(new RawRecord("t", 3, 1L << 40, -1, bytes, bytes, headers), SourceMessageCodec.class);
    roundTrip(new RawRecord("t", 0, 0, 5, null, new byte[0], List.of()), SourceMessageCodec.class);
    roundTrip(new RawRecord("t", 0, 0, 5, bytes, null, List.of()), SourceMessageCodec.class);
    roundTrip(
        new PartitionAssigned("t", 7, -2, PartitionAssigned.UNBOUNDED), SourceMessageCodec.class);
  }

  @Test
  void ingestedEvents() throws IOException {
    roundTrip(new EventReading(127, EVENT, null), IngestedCodec.class);
    roundTrip(new EventReading(0, EVENT, new byte[] {1, 2}), IngestedCodec.class);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {PartitionClocks.HOLDING, Frontier.SITTING_OUT, -5_000, 0, 1_700_000_000_000L})
  void clockReadings(long watermark) throws IOException {
    roundTrip(new ClockReading(127, 300, 301, watermark), IngestedCodec.class);
  }

  @Test
  void lateEvents() throws IOException {
    roundTrip(new LateEvent("ünï-код", new byte[] {1, 2, 3}), LateEventCodec.class);
  }

  @ParameterizedTest
  @EnumSource(ErrorClass.class)
  void deadLetters(ErrorClass errorClass) throws IOException {
    roundTrip(
        new DeadLetter(
            "t", 1, 2, "parse", errorClass, "x must be", null, new byte[70_000], List.of()),
        DeadLetterCodec.class);
    roundTrip(
        new DeadLetter(
            "t",
            1,
            2,
            "parse",
            errorClass,
            "x must be",
            new byte[0],
            null,
            List.of(new Header("h", new byte[] {1}))),
        DeadLetterCodec.class);
  }

  @Test
  void state() throws IOException {
    roundTrip(
        new PartitionMemory(new PartitionId("t", 200), PartitionClocks.NONE, 0),
        PartitionMemoryCodec.class);
    roundTrip(
        new PartitionMemory(new PartitionId("t", 0), 1_700_000_000_000L, 1L << 50),
        PartitionMemoryCodec.class);
    roundTrip(new ShardWatermark(0, 127, Long.MIN_VALUE), ShardWatermarkCodec.class);
    roundTrip(new CartSignal(Id128.of("s"), EventType.ADD_TO_CART, 1, 2), CartSignalCodec.class);
  }

  @Test
  void aShardFallsIntoTheKeyGroupOfItsNumber() {
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      assertThat(KeyGroupRangeAssignment.assignToKeyGroup(Shards.key(shard), Shards.COUNT))
          .isEqualTo(shard);
    }
  }
}
