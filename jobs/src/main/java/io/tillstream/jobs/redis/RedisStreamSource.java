package io.tillstream.jobs.redis;

import io.tillstream.operators.orchestration.ReportMessage;
import java.util.Map;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The bus's receiving end in Redis: one stream, read by one reader from its end on, or from the
 * position in the checkpoint. It never fails: while Redis is away it waits and connects again.
 *
 * @param address where Redis is
 * @param stream the stream's key
 */
public record RedisStreamSource(RedisAddress address, String stream)
    implements Source<ReportMessage, RedisStreamSplit, RedisStreamSplit> {
  private static final long serialVersionUID = 1L;

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<ReportMessage, RedisStreamSplit> createReader(SourceReaderContext context) {
    return new Reader(address, stream, context);
  }

  @Override
  public SplitEnumerator<RedisStreamSplit, RedisStreamSplit> createEnumerator(
      SplitEnumeratorContext<RedisStreamSplit> context) {
    return new RedisStreamEnumerator(context, RedisStreamSplit.NEW);
  }

  @Override
  public SplitEnumerator<RedisStreamSplit, RedisStreamSplit> restoreEnumerator(
      SplitEnumeratorContext<RedisStreamSplit> context, RedisStreamSplit free) {
    return new RedisStreamEnumerator(context, free);
  }

  @Override
  public SimpleVersionedSerializer<RedisStreamSplit> getSplitSerializer() {
    return new RedisStreamSplit.Serializer();
  }

  @Override
  public SimpleVersionedSerializer<RedisStreamSplit> getEnumeratorCheckpointSerializer() {
    return new RedisStreamSplit.Serializer();
  }

  /** How far the task has got. */
  private static final class Position {
    private String lastId;

    Position(String lastId) {
      this.lastId = lastId;
    }
  }

  private static final class Reader
      extends SingleThreadMultiplexSourceReaderBase<
          RedisStreamEntry, ReportMessage, RedisStreamSplit, Position> {

    Reader(RedisAddress address, String stream, SourceReaderContext context) {
      super(
          () -> new RedisStreamReader(address, stream),
          emitter(),
          context.getConfiguration(),
          context);
    }

    private static RecordEmitter<RedisStreamEntry, ReportMessage, Position> emitter() {
      return (entry, output, position) -> {
        position.lastId = entry.id();
        if (entry.message() != null) {
          output.collect(entry.message());
        }
      };
    }

    @Override
    protected void onSplitFinished(Map<String, Position> finished) {}

    @Override
    protected Position initializedState(RedisStreamSplit split) {
      return new Position(split.lastId());
    }

    @Override
    protected RedisStreamSplit toSplitType(String splitId, Position position) {
      return new RedisStreamSplit(position.lastId);
    }
  }
}
