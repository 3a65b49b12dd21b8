package io.tillstream.operators.ingestion;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;

/**
 * One shard's chunks in keyed state: a map from (minute of expiry, sequence) to bytes. Chunks are
 * only added and dropped, never changed, so an incremental checkpoint uploads what is new.
 *
 * <p>The current key must be the shard's when a method is called.
 */
final class DedupState {
  static final MapStateDescriptor<Long, byte[]> CHUNKS =
      new MapStateDescriptor<>(
          "dedup-chunks", LongSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);

  private final DedupShard shard;
  private final MapState<Long, byte[]> chunks;
  private final Int2IntOpenHashMap nextSequence = new Int2IntOpenHashMap();

  DedupState(DedupShard shard, MapState<Long, byte[]> chunks) {
    this.shard = shard;
    this.chunks = chunks;
  }

  private static long key(int minute, int sequence) {
    return (long) minute << Integer.SIZE | sequence;
  }

  /** Fills the shard; its watermark must be set before. */
  void restore() throws Exception {
    List<Long> expired = new ArrayList<>();
    for (Map.Entry<Long, byte[]> chunk : chunks.entries()) {
      int minute = (int) (chunk.getKey() >>> Integer.SIZE);
      int sequence = (int) (long) chunk.getKey();
      if (minute < shard.firstMinute()) {
        expired.add(chunk.getKey());
        continue;
      }
      shard.restore(minute, chunk.getValue());
      nextSequence.put(minute, Math.max(nextSequence.get(minute), sequence + 1));
    }
    for (Long key : expired) {
      chunks.remove(key);
    }
  }

  /** Drops the minutes that have expired and adds what was seen since the last barrier. */
  void snapshot() throws Exception {
    var minutes = nextSequence.int2IntEntrySet().fastIterator();
    while (minutes.hasNext()) {
      var entry = minutes.next();
      int minute = entry.getIntKey();
      if (minute < shard.firstMinute()) {
        for (int sequence = 0; sequence < entry.getIntValue(); sequence++) {
          chunks.remove(key(minute, sequence));
        }
        minutes.remove();
      }
    }
    shard.drainLog(
        (minute, chunk) -> chunks.put(key(minute, nextSequence.addTo(minute, 1)), chunk));
  }
}
