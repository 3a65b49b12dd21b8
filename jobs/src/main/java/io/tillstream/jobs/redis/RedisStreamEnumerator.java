package io.tillstream.jobs.redis;

import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/** Gives the one stream to the one reader there is. Its state: the split while nobody has it. */
final class RedisStreamEnumerator implements SplitEnumerator<RedisStreamSplit, RedisStreamSplit> {
  private final SplitEnumeratorContext<RedisStreamSplit> context;
  private RedisStreamSplit free; // null while a reader has it

  RedisStreamEnumerator(
      SplitEnumeratorContext<RedisStreamSplit> context, RedisStreamSplit freeOrNull) {
    this.context = context;
    this.free = freeOrNull;
  }

  @Override
  public void start() {}

  @Override
  public void handleSplitRequest(int subtask, String host) {}

  @Override
  public void addReader(int subtask) {
    if (free != null && subtask == 0) {
      context.assignSplit(free, subtask);
      free = null;
    }
  }

  @Override
  public void addSplitsBack(List<RedisStreamSplit> splits, int subtask) {
    for (RedisStreamSplit split : splits) {
      free = split;
    }
    if (context.registeredReaders().containsKey(subtask)) {
      addReader(subtask);
    }
  }

  @Override
  public RedisStreamSplit snapshotState(long checkpointId) {
    return free;
  }

  @Override
  public void close() {}
}
