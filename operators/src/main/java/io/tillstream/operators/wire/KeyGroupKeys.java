package io.tillstream.operators.wire;

import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * One key for each key group: a message sent once to each of them reaches every subtask of a keyed
 * operator, in order with the records of the same channel. Small integers hash unevenly, so each
 * key is searched.
 */
public final class KeyGroupKeys {
  private final String[] keys;

  /**
   * Searches the keys.
   *
   * @param maxParallelism the number of key groups
   * @param prefix what every key begins with, so that none meets a key of real data
   */
  public KeyGroupKeys(int maxParallelism, String prefix) {
    keys = new String[maxParallelism];
    int missing = maxParallelism;
    for (int i = 0; missing > 0; i++) {
      String key = prefix + i;
      int group = KeyGroupRangeAssignment.assignToKeyGroup(key, maxParallelism);
      if (keys[group] == null) {
        keys[group] = key;
        missing--;
      }
    }
  }

  /** The key that falls into {@code keyGroup}, 0..size-1. */
  public String of(int keyGroup) {
    return keys[keyGroup];
  }

  /** How many key groups there are. */
  public int size() {
    return keys.length;
  }
}
