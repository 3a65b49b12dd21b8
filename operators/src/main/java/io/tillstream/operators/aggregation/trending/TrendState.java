package io.tillstream.operators.aggregation.trending;

import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.operators.wire.KeyGroupKeys;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongIterator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * {@link TrendPanes} in keyed state: under one key for each key group, second by second, the
 * products of that key group. So it is written in few pieces, and still follows the key groups when
 * the parallelism changes. Changes the current key.
 */
final class TrendState {
  private final int maxParallelism;
  private final KeyGroupRange range;
  private final KeyGroupKeys keys;
  private final MapState<Long, TrendPane> state;
  private final Consumer<String> keySetter;

  /** Which key groups have something of a second in state. */
  private final Long2ObjectOpenHashMap<BitSet> stored = new Long2ObjectOpenHashMap<>();

  TrendState(
      int maxParallelism, KeyGroupRange range, KeyedStateStore store, Consumer<String> keySetter) {
    this.maxParallelism = maxParallelism;
    this.range = range;
    this.keys = new KeyGroupKeys(maxParallelism, "trend-");
    this.state =
        store.getMapState(
            new MapStateDescriptor<>(
                "panes", LongSerializer.INSTANCE, new CodecSerializer<>(TrendPaneCodec.class)));
    this.keySetter = keySetter;
  }

  /** Reads back all that belongs to this subtask. */
  void readInto(TrendPanes panes) throws Exception {
    for (int group : range) {
      keySetter.accept(keys.of(group));
      for (Map.Entry<Long, TrendPane> entry : state.entries()) {
        panes.restore(entry.getKey(), entry.getValue().counts());
        groupsOf(entry.getKey()).set(group);
      }
    }
  }

  /** Writes what changed and removes what was dropped. */
  void write(TrendPanes panes) throws Exception {
    for (LongIterator dropped = panes.drainDropped().iterator(); dropped.hasNext(); ) {
      remove(dropped.nextLong());
    }
    panes.drainChanged(this::put);
  }

  private void put(long second, List<TrendCount> counts) throws Exception {
    List<List<TrendCount>> byGroup = new ArrayList<>();
    for (int i = 0; i < range.getNumberOfKeyGroups(); i++) {
      byGroup.add(null);
    }
    for (TrendCount count : counts) {
      int group = KeyGroupRangeAssignment.assignToKeyGroup(count.itemId(), maxParallelism);
      int index = group - range.getStartKeyGroup();
      if (byGroup.get(index) == null) {
        byGroup.set(index, new ArrayList<>());
      }
      byGroup.get(index).add(count);
    }
    BitSet groups = groupsOf(second);
    for (int i = 0; i < byGroup.size(); i++) {
      if (byGroup.get(i) != null) {
        int group = range.getStartKeyGroup() + i;
        keySetter.accept(keys.of(group));
        state.put(second, new TrendPane(byGroup.get(i)));
        groups.set(group);
      }
    }
  }

  private void remove(long second) throws Exception {
    BitSet groups = stored.remove(second);
    if (groups != null) {
      for (int group = groups.nextSetBit(0); group >= 0; group = groups.nextSetBit(group + 1)) {
        keySetter.accept(keys.of(group));
        state.remove(second);
      }
    }
  }

  private BitSet groupsOf(long second) {
    BitSet groups = stored.get(second);
    if (groups == null) {
      groups = new BitSet(maxParallelism);
      stored.put(second, groups);
    }
    return groups;
  }
}
