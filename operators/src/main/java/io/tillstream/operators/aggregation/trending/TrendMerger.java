package io.tillstream.operators.aggregation.trending;

import io.tillstream.operators.wire.CodecSerializer;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * One subtask that makes the list of all subtasks' tops. Only the list it told last is in its
 * state; tops that wait for others are told again, or newer ones are, after a restart.
 */
public final class TrendMerger extends AbstractStreamOperator<TrendingList>
    implements OneInputStreamOperator<LocalTop, TrendingList> {
  private static final long serialVersionUID = 1L;

  private final int limit;
  private final Titles.Factory titlesFactory;

  private transient ListState<TrendingList> state;
  private transient TrendingList previous;
  private transient TopMerge merge;
  private transient Titles titles;

  TrendMerger(TrendingOptions options, Titles.Factory titlesFactory) {
    this.limit = options.limit();
    this.titlesFactory = titlesFactory;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "previous", new CodecSerializer<>(TrendingListCodec.class)));
    previous = null;
    for (TrendingList list : state.get()) {
      previous = list;
    }
    merge = new TopMerge(limit, previous == null ? Long.MIN_VALUE : previous.windowEnd());
  }

  @Override
  public void open() throws Exception {
    super.open();
    titles = titlesFactory.open();
  }

  @Override
  public void processElement(StreamRecord<LocalTop> element) {
    LocalTop top = element.getValue();
    Optional<List<TrendCount>> whole = merge.add(top);
    if (whole.isEmpty()) {
      return;
    }
    boolean wasEmpty = previous == null || previous.items().isEmpty();
    if (whole.get().isEmpty() && wasEmpty) {
      return; // an idle shop has nothing new to say
    }
    previous = Ranking.of(top.windowEnd(), whole.get(), previous, titles);
    output.collect(new StreamRecord<>(previous));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.update(previous == null ? List.of() : List.of(previous));
  }

  @Override
  public void close() throws Exception {
    try {
      super.close();
    } finally {
      if (titles != null) {
        titles.close();
      }
    }
  }
}
