package io.tillstream.operators.orchestration;

import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentReporter;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.route.Command;
import io.tillstream.routing.route.CommandParser;
import io.tillstream.routing.route.Decision;
import io.tillstream.routing.route.DecisionCodec;
import io.tillstream.routing.route.Input;
import io.tillstream.routing.route.Orchestrator;
import io.tillstream.routing.route.OrchestratorState;
import io.tillstream.routing.route.OrchestratorStateCodec;
import io.tillstream.routing.route.ParsedCommand;
import io.tillstream.routing.route.Step;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The orchestrator in the topology: one instance, behind {@link ControlKey}. Routers keep their own
 * tables in checkpoints, so nothing is said again after a restore.
 */
public final class OrchestratorFunction
    extends KeyedProcessFunction<String, ControlMessage, Decision> implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  /** The type of the decisions. */
  public static final TypeInformation<Decision> DECISIONS =
      CodecTypeInfo.of(Decision.class, DecisionCodec.class);

  /** Control records that are no commands. */
  public static final OutputTag<RejectedControl> REJECTED =
      new OutputTag<>(
          "rejected-control", CodecTypeInfo.of(RejectedControl.class, RejectedControlCodec.class));

  private static final String AGENT = "orchestrator";
  private static final String PART = "decide";

  private final ReportChannel.Factory reports;
  private final Clock clock;

  private transient ValueState<OrchestratorState> state;
  private transient ListState<OrchestratorCounts> savedCounts;
  // Written by the task, read by the reporter's thread; the record is immutable.
  private transient volatile OrchestratorCounts counts;
  private transient boolean restarted;
  private transient AgentReporter reporter;

  /**
   * The function.
   *
   * @param reports where it reports to, null for nowhere
   */
  public OrchestratorFunction(ReportChannel.Factory reports) {
    this(reports, Clock.systemUTC());
  }

  OrchestratorFunction(ReportChannel.Factory reports, Clock clock) {
    this.reports = reports;
    this.clock = clock;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getKeyedStateStore()
            .getState(
                new ValueStateDescriptor<>(
                    "orchestrator", new CodecSerializer<>(OrchestratorStateCodec.class)));
    // Not keyed: keyed state cannot be read before the first record, and reports begin at once.
    savedCounts =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "orchestrator-counts", new CodecSerializer<>(OrchestratorCountsCodec.class)));
    counts = OrchestratorCounts.ZERO;
    for (OrchestratorCounts saved : savedCounts.get()) {
      counts = saved; // one instance, so one element
    }
    // A crash before the first checkpoint restores nothing, but decisions were out all the same.
    restarted = context.isRestored() || attempt() > 0;
  }

  @Override
  public void open(OpenContext context) {
    if (reports != null) {
      long since = clock.millis();
      reporter = new AgentReporter(reports.open(), () -> report(since));
    }
  }

  @Override
  public void processElement(ControlMessage message, Context context, Collector<Decision> out)
      throws Exception {
    ParsedCommand parsed = CommandParser.parse(message.value());
    if (parsed instanceof ParsedCommand.Accepted accepted) {
      obey(accepted.command(), context.timerService().currentProcessingTime(), out);
    } else if (parsed instanceof ParsedCommand.Rejected rejected) {
      counts = counts.withRejected();
      context.output(
          REJECTED, new RejectedControl(message, rejected.errorClass(), rejected.error()));
    }
  }

  private void obey(Command command, long now, Collector<Decision> out) throws Exception {
    OrchestratorState known = state.value();
    if (known == null) {
      known = OrchestratorState.initial(now);
    }
    if (restarted) {
      // Decisions made after the checkpoint and before the crash are not in the restored state,
      // and an epoch must never be given twice for different decisions.
      known = known.afterRestart(attempt());
      restarted = false;
    }
    Step step = Orchestrator.decide(known, new Input.Told(command), now);
    state.update(step.state());
    List<Decision> decisions = step.decisions();
    for (Decision decision : decisions) {
      out.collect(decision);
    }
    counts = counts.withCommand(decisions.size(), step.state().epoch());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    savedCounts.update(List.of(counts));
  }

  @Override
  public void close() {
    if (reporter != null) {
      reporter.close();
    }
  }

  private int attempt() {
    return getRuntimeContext().getTaskInfo().getAttemptNumber();
  }

  private AgentReport report(long since) {
    OrchestratorCounts now = counts;
    var task = getRuntimeContext().getTaskInfo();
    return new AgentReport(
        AGENT,
        PART,
        task.getIndexOfThisSubtask(),
        task.getNumberOfParallelSubtasks(),
        0,
        0,
        AgentState.RUNNING,
        since,
        clock.millis(),
        null,
        0.0,
        now.epoch(),
        now.byName(),
        Map.of());
  }
}
