package io.tillstream.operators.orchestration;

import io.tillstream.operators.report.Voices;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.agent.AgentReport;
import io.tillstream.routing.agent.AgentReportJson;
import io.tillstream.routing.agent.AgentReporter;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.AgentVoice;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.json.JsonRecordException;
import io.tillstream.routing.plan.RoutePlan;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * The orchestrator in the topology: one instance, which hears commands and reports, and the clock
 * four times a second, also when nothing else ever comes. What it decides goes to the routers, who
 * keep their own tables in checkpoints: nothing is said again after a restore.
 */
public final class OrchestratorOperator extends AbstractStreamOperator<Decision>
    implements TwoInputStreamOperator<ControlMessage, ReportMessage, Decision>, BoundedMultiInput {
  private static final long serialVersionUID = 1L;

  /** The type of the decisions. */
  public static final TypeInformation<Decision> DECISIONS =
      CodecTypeInfo.of(Decision.class, DecisionCodec.class);

  /** Control records that are no commands. */
  public static final OutputTag<RejectedControl> REJECTED =
      new OutputTag<>(
          "rejected-control", CodecTypeInfo.of(RejectedControl.class, RejectedControlCodec.class));

  /** Commands for the alert agent, as they came: the orchestrator is the one ear for people. */
  public static final OutputTag<ControlMessage> ALERT_COMMANDS =
      new OutputTag<>(
          "alert-commands", CodecTypeInfo.of(ControlMessage.class, ControlMessageCodec.class));

  private static final String AGENT = "orchestrator";
  private static final String PART = "decide";
  private static final long TICK_MS = 250;
  private static final int INPUTS = 2;

  private final String routes;
  private final ReportChannel.Factory reports;
  private final StatusBoard.Factory boards;

  private transient ListState<OrchestratorState> savedState;
  private transient ListState<OrchestratorCounts> savedCounts;
  // These are written by the task and read by others; what they hold is immutable.
  private transient volatile OrchestratorState state;
  private transient volatile OrchestratorCounts counts;

  private transient RoutePlan submitted;
  private transient boolean begun;
  private transient int ended;
  private transient AgentVoice voice;
  private transient AgentReporter reporter;
  private transient StatusBoard board;
  private transient OpenDegraded openDegraded;
  private transient OrchestratorMetrics shown;
  private transient OrchestratorVitals vitals;
  private transient DecisionLog log;

  /**
   * The operator.
   *
   * @param plan the routes as submitted
   * @param reports where it reports to, null for nowhere
   * @param boards where it shows what it concluded
   */
  public OrchestratorOperator(
      RoutePlan plan, ReportChannel.Factory reports, StatusBoard.Factory boards) {
    this.routes = plan.text(); // as text a plan needs no format of its own
    this.reports = reports;
    this.boards = boards;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    savedState =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "orchestrator", new CodecSerializer<>(OrchestratorStateCodec.class)));
    savedCounts =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "orchestrator-counts", new CodecSerializer<>(OrchestratorCountsCodec.class)));
    state = OrchestratorState.initial(now());
    counts = OrchestratorCounts.ZERO;
    // One instance, so one element at most.
    for (OrchestratorState saved : savedState.get()) {
      state = saved;
    }
    for (OrchestratorCounts saved : savedCounts.get()) {
      counts = saved;
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    submitted = RoutePlan.parse(routes);
    var clock = getProcessingTimeService().getClock();
    openDegraded = new OpenDegraded();
    log = new DecisionLog();
    vitals = new OrchestratorVitals(clock::relativeTimeMillis);
    shown = new OrchestratorMetrics(getMetricGroup(), () -> state, openDegraded);
    voice =
        Voices.of(AGENT, PART, getRuntimeContext().getTaskInfo(), getProcessingTimeService())
            .counts(() -> counts.byName())
            .epoch(() -> state.epoch())
            .health(vitals);
    board = boards.open();
    reporter = AgentReporter.start(reports, voice);
    // The first one at once, but not from here: nothing may be sent before the task runs.
    var unused = getProcessingTimeService().scheduleWithFixedDelay(time -> tick(), 0, TICK_MS);
  }

  @Override
  public void processElement1(StreamRecord<ControlMessage> element) {
    ControlMessage message = element.getValue();
    ParsedCommand parsed = CommandParser.parse(message.value());
    if (parsed instanceof ParsedCommand.Accepted accepted) {
      carryOut(message, accepted.command());
      counts = counts.withCommand();
    } else if (parsed instanceof ParsedCommand.Rejected rejected) {
      counts = counts.withRejected();
      output.collect(
          REJECTED,
          new StreamRecord<>(
              new RejectedControl(message, rejected.errorClass(), rejected.error())));
    }
  }

  private void carryOut(ControlMessage message, Command command) {
    if (command instanceof Command.ChangeRules || command instanceof Command.Redeliver) {
      output.collect(ALERT_COMMANDS, new StreamRecord<>(message));
    } else {
      decide(new Input.Told(command));
    }
  }

  @Override
  public void processElement2(StreamRecord<ReportMessage> element) {
    try {
      AgentReport report = AgentReportJson.read(element.getValue().value());
      vitals.heard();
      openDegraded.heard(report);
      decide(new Input.Reported(report));
    } catch (JsonRecordException e) {
      // Not a person's: nobody would look for it among the dead letters.
      counts = counts.withBadReport();
      LOG.debug("The bus brought what is no report: {}", e.getMessage());
    }
  }

  private void tick() {
    if (ended == INPUTS) {
      return;
    }
    decide(new Input.Tick());
    shown.refresh();
    voice.state(AgentState.RUNNING, state.holding() ? DecisionLog.HOLDING : null);
    Map<String, Boolean> healthy = new HashMap<>();
    state.verdicts().forEach((agent, verdict) -> healthy.put(agent, verdict.healthy()));
    board.show(healthy);
  }

  private void decide(Input input) {
    if (!begun) {
      begun = true;
      // Decisions made after the checkpoint and before a crash are not in the state, nor is
      // anything if there was no checkpoint; what agents said is history. The core knows.
      int attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
      step(new Input.Started(voice.incarnation(), attempt, submitted));
    }
    step(input);
  }

  private void step(Input input) {
    Step step = Orchestrator.decide(state, input, now());
    state = step.state();
    log.tell(step);
    for (Decision decision : step.decisions()) {
      output.collect(new StreamRecord<>(decision));
      counts = counts.withDecision();
    }
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    savedState.update(List.of(state));
    savedCounts.update(List.of(counts));
    vitals.stored(state);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    vitals.checkpointed();
  }

  @Override
  public void processWatermark(Watermark mark) {
    // Decisions have no time. Only its end passes.
    if (mark.getTimestamp() == Long.MAX_VALUE) {
      output.emitWatermark(mark);
    }
  }

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int index) {
    // Nor are they ever idle.
  }

  @Override
  public void endInput(int input) {
    ended++;
    if (ended == INPUTS) {
      voice.state(AgentState.COMPLETED, null);
    }
  }

  @Override
  public void close() throws Exception {
    if (reporter != null) {
      reporter.close();
    }
    if (board != null) {
      board.close();
    }
    super.close();
  }
}
