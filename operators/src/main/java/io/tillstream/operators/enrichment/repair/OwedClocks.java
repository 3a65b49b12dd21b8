package io.tillstream.operators.enrichment.repair;

import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.figures.OwedClock;
import io.tillstream.operators.wire.KeyGroupKeys;
import java.util.function.Consumer;
import org.apache.flink.api.common.TaskInfo;

/** Tells every key group how far back repairs may reach, once for each change. */
final class OwedClocks {
  private final KeyGroupKeys targets;
  private final int subtask;
  private final int subtasks;
  private final Consumer<Contribution> out;
  private boolean sent;
  private long last;

  OwedClocks(TaskInfo task, Consumer<Contribution> out) {
    this.targets = new KeyGroupKeys(task.getMaxNumberOfParallelSubtasks(), "owed-clock-");
    this.subtask = task.getIndexOfThisSubtask();
    this.subtasks = task.getNumberOfParallelSubtasks();
    this.out = out;
  }

  /** A watermark follows: whoever gets it must know by then. */
  void beforeWatermark(long oldestWindow) {
    if (!sent || oldestWindow != last) {
      send(oldestWindow);
    }
  }

  /** Repairs were sent: what they let go of may go. Says nothing before the first watermark. */
  void afterRepairs(long oldestWindow) {
    if (sent && oldestWindow != last) {
      send(oldestWindow);
    }
  }

  private void send(long oldestWindow) {
    for (int group = 0; group < targets.size(); group++) {
      out.accept(new OwedClock(targets.of(group), subtask, subtasks, oldestWindow));
    }
    sent = true;
    last = oldestWindow;
  }
}
