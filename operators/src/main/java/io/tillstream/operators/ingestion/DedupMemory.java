package io.tillstream.operators.ingestion;

import io.tillstream.operators.wire.CodecSerializer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;

/**
 * The shards of one subtask, and their way into checkpoints and back.
 *
 * <p>The watermarks of all shards are kept as a union list. A shard goes on with its own, by which
 * it has forgotten; the subtask begins with the smallest of all, which is what the windows
 * downstream have been closed by.
 */
final class DedupMemory {
  private final KeyedStateBackend<String> backend;
  private final ListState<ShardWatermark> watermarks;
  private final DedupShard[] shards = new DedupShard[Shards.COUNT];
  private final DedupState[] states = new DedupState[Shards.COUNT];
  private final KeyGroupRange range;

  private long restoredWatermark = Long.MIN_VALUE;

  private DedupMemory(
      KeyedStateBackend<String> backend, KeyGroupRange range, ListState<ShardWatermark> marks) {
    this.backend = backend;
    this.range = range;
    this.watermarks = marks;
  }

  /** The memory as the checkpoint has it, or an empty one; one key group is one shard. */
  static DedupMemory restore(
      StateInitializationContext context,
      KeyedStateBackend<String> backend,
      long dedupWindowMs,
      LateRule rule)
      throws Exception {
    KeyGroupRange range = backendRange(backend);
    ListState<ShardWatermark> marks =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    "shard-watermarks", new CodecSerializer<>(ShardWatermarkCodec.class)));
    MapState<Long, byte[]> chunks = context.getKeyedStateStore().getMapState(DedupState.CHUNKS);
    DedupMemory memory = new DedupMemory(backend, range, marks);
    for (int i = range.getStartKeyGroup(); i <= range.getEndKeyGroup(); i++) {
      memory.shards[i] = new DedupShard(dedupWindowMs, rule);
      memory.states[i] = new DedupState(memory.shards[i], chunks);
    }
    memory.restoreWatermarks();
    if (context.isRestored()) {
      for (int i = range.getStartKeyGroup(); i <= range.getEndKeyGroup(); i++) {
        backend.setCurrentKey(Shards.key(i));
        memory.states[i].restore();
      }
    }
    return memory;
  }

  private static KeyGroupRange backendRange(KeyedStateBackend<String> backend) {
    if (!(backend instanceof CheckpointableKeyedStateBackend<?> known)) {
      throw new IllegalStateException("the state backend does not tell its key groups");
    }
    return known.getKeyGroupRange();
  }

  private void restoreWatermarks() throws Exception {
    long smallest = Long.MAX_VALUE;
    for (ShardWatermark mark : watermarks.get()) {
      smallest = Math.min(smallest, mark.watermark());
      for (int i = mark.first(); i <= mark.last(); i++) {
        if (shards[i] != null) {
          shards[i].advance(mark.watermark());
        }
      }
    }
    if (smallest != Long.MAX_VALUE) {
      restoredWatermark = smallest;
    }
  }

  /** What the subtask's watermark begins with; {@link Long#MIN_VALUE} if nothing was restored. */
  long restoredWatermark() {
    return restoredWatermark;
  }

  /**
   * One of the subtask's shards.
   *
   * @throws IllegalStateException if it belongs to another subtask
   */
  DedupShard shard(int number) {
    DedupShard shard = shards[number];
    if (shard == null) {
      throw new IllegalStateException("shard " + number + " is not in the key groups " + range);
    }
    return shard;
  }

  /** Moves the watermark of all shards that are not ahead of it. */
  void advance(long watermark) {
    for (int i = range.getStartKeyGroup(); i <= range.getEndKeyGroup(); i++) {
      shards[i].advance(watermark);
    }
  }

  /** Writes what is new since the last barrier into the state. */
  void snapshot() throws Exception {
    List<ShardWatermark> runs = new ArrayList<>();
    int first = range.getStartKeyGroup();
    for (int i = first; i <= range.getEndKeyGroup(); i++) {
      backend.setCurrentKey(Shards.key(i));
      states[i].snapshot();
      if (i == range.getEndKeyGroup() || shards[i + 1].watermark() != shards[i].watermark()) {
        runs.add(new ShardWatermark(first, i, shards[i].watermark()));
        first = i + 1;
      }
    }
    watermarks.update(runs);
  }

  /** How many sightings are kept. */
  long size() {
    long size = 0;
    for (int i = range.getStartKeyGroup(); i <= range.getEndKeyGroup(); i++) {
      size += shards[i].size();
    }
    return size;
  }

  /** The memory taken, in bytes. */
  long bytes() {
    long bytes = 0;
    for (int i = range.getStartKeyGroup(); i <= range.getEndKeyGroup(); i++) {
      bytes += shards[i].bytes();
    }
    return bytes;
  }
}
