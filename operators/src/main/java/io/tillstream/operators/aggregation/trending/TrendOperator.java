package io.tillstream.operators.aggregation.trending;

import io.tillstream.operators.figures.Trend;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps the last minute of its products, keyed by item, and tells its top at every whole second the
 * watermark crosses; after a jump only at the newest one. It tells an empty top as well: the merge
 * waits for all subtasks.
 */
public final class TrendOperator extends AbstractStreamOperator<LocalTop>
    implements OneInputStreamOperator<TrendDelta, LocalTop> {
  private static final long serialVersionUID = 1L;
  private static final long NOT_YET = Long.MIN_VALUE;
  private static final int JUMP_SECONDS = 5;
  private static final long MILLIS = 1000;

  private final int span;
  private final int limit;

  private transient TrendPanes panes;
  private transient TrendState state;
  private transient TaskInfo task;
  private transient long newest;

  TrendOperator(TrendingOptions options) {
    this.span = options.spanSeconds();
    this.limit = options.limit();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    task = getRuntimeContext().getTaskInfo();
    newest = NOT_YET;
    panes = new TrendPanes(span);
    KeyGroupRange range =
        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
            task.getMaxNumberOfParallelSubtasks(),
            task.getNumberOfParallelSubtasks(),
            task.getIndexOfThisSubtask());
    state =
        new TrendState(
            task.getMaxNumberOfParallelSubtasks(),
            range,
            context.getKeyedStateStore(),
            this::setCurrentKey);
    if (context.isRestored()) {
      state.readInto(panes);
    }
  }

  @Override
  public void processElement(StreamRecord<TrendDelta> element) {
    TrendDelta delta = element.getValue();
    Trend trend = delta.trend();
    for (int i = 0; i < trend.seconds().length; i++) {
      panes.add(delta.itemId(), trend.seconds()[i], trend.views()[i], trend.units()[i]);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    // The end of all input is no moment of the shop's time.
    if (mark.getTimestamp() != Long.MAX_VALUE) {
      tellUpTo(Math.floorDiv(mark.getTimestamp() + 1, MILLIS));
    }
    super.processWatermark(mark);
  }

  private void tellUpTo(long second) {
    if (second <= newest) {
      return;
    }
    boolean jump = newest == NOT_YET || second - newest > JUMP_SECONDS;
    for (long end = jump ? second : newest + 1; end <= second; end++) {
      output.collect(
          new StreamRecord<>(
              new LocalTop(
                  end,
                  task.getIndexOfThisSubtask(),
                  task.getNumberOfParallelSubtasks(),
                  panes.top(end, limit))));
    }
    newest = second;
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.write(panes);
  }
}
