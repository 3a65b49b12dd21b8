package io.tillstream.operators.alerting.rules;

import io.tillstream.operators.alerting.AlertOptions;
import io.tillstream.operators.alerting.AlertPorts;
import io.tillstream.operators.alerting.webhooks.Delivery;
import io.tillstream.operators.alerting.webhooks.DeliveryCodec;
import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.ingestion.DeadLetterCodec;
import io.tillstream.operators.orchestration.ControlMessage;
import io.tillstream.operators.report.CheckpointAge;
import io.tillstream.operators.report.Voices;
import io.tillstream.operators.wire.CodecSerializer;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.agent.AgentReporter;
import io.tillstream.routing.agent.AgentState;
import io.tillstream.routing.agent.AgentVoice;
import io.tillstream.routing.alert.RuleBook;
import io.tillstream.routing.alert.RuleBookCodec;
import io.tillstream.routing.alert.RuleException;
import io.tillstream.routing.event.ErrorClass;
import io.tillstream.routing.route.Command;
import io.tillstream.routing.route.CommandParser;
import io.tillstream.routing.route.ParsedCommand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Keeps the book of rules: one instance, so that changes have an order. The whole book goes to
 * every watch at the start and on each change; people are told in the control topic, again every
 * ten minutes. What it reads are commands that the orchestrator took for such.
 */
public final class RulesOperator extends AbstractStreamOperator<RuleBook>
    implements OneInputStreamOperator<ControlMessage, RuleBook>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  /** Commands that cannot be carried out. */
  public static final OutputTag<DeadLetter> REFUSED =
      new OutputTag<>("refused-rules", CodecTypeInfo.of(DeadLetter.class, DeadLetterCodec.class));

  /** Webhooks that a person wants to be sent again. */
  public static final OutputTag<Delivery> REDELIVERIES =
      new OutputTag<>("redeliveries", CodecTypeInfo.of(Delivery.class, DeliveryCodec.class));

  /** What people are told of the rules. */
  public static final OutputTag<RulesInForce> IN_FORCE =
      new OutputTag<>(
          "rules-in-force", CodecTypeInfo.of(RulesInForce.class, RulesInForceCodec.class));

  private static final long SAY_AGAIN_MS = 600_000;
  private static final long CLOCKS_DIFFER_MS = 60_000;

  private final AlertOptions options;
  private final AlertPorts ports;

  private transient ListState<RuleBook> saved;
  private transient volatile RuleBook book; // read by the reporter's thread; immutable
  private transient long history;
  private transient boolean ended;
  private transient CheckpointAge checkpointAge;
  private transient AgentVoice voice;
  private transient AgentReporter reporter;

  /** The operator. */
  public RulesOperator(AlertOptions options, AlertPorts ports) {
    this.options = options;
    this.ports = ports;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    saved =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "alert-rules", new CodecSerializer<>(RuleBookCodec.class)));
    book = options.firstBook();
    // One instance, so one element at most.
    for (RuleBook restored : saved.get()) {
      book = restored;
    }
    // A job without state reads the commands given to earlier ones: their rules are its rules, but
    // what they were to send again is sent.
    history = context.isRestored() ? Long.MIN_VALUE : ports.submitted() - CLOCKS_DIFFER_MS;
  }

  @Override
  public void open() throws Exception {
    super.open();
    checkpointAge = new CheckpointAge(getProcessingTimeService().getClock());
    voice =
        Voices.of("alert", "rules", getRuntimeContext().getTaskInfo(), getProcessingTimeService())
            .health(
                out -> {
                  out.put("rules", book.rules().size());
                  out.put("rules_version", book.version());
                })
            .health(checkpointAge);
    reporter = AgentReporter.start(ports.reports(), voice);
    // The first time at once, but not from here: nothing may be sent before the task runs.
    var unused =
        getProcessingTimeService().scheduleWithFixedDelay(time -> say(null), 0, SAY_AGAIN_MS);
  }

  private void say(String commandId) {
    if (ended) {
      return;
    }
    output.collect(new StreamRecord<>(book));
    output.collect(IN_FORCE, new StreamRecord<>(new RulesInForce(commandId, book, now())));
  }

  @Override
  public void processElement(StreamRecord<ControlMessage> element) {
    ControlMessage message = element.getValue();
    if (CommandParser.parse(message.value()) instanceof ParsedCommand.Accepted accepted) {
      if (accepted.command() instanceof Command.ChangeRules change) {
        change(message, change);
      } else if (accepted.command() instanceof Command.Redeliver again) {
        redeliver(again);
      }
    }
  }

  private void change(ControlMessage message, Command.ChangeRules change) {
    try {
      RuleBook changed = book;
      if (!change.apply().isEmpty()) {
        changed = changed.apply(change.apply());
      }
      if (!change.remove().isEmpty()) {
        changed = changed.remove(change.remove());
      }
      book = changed;
      LOG.info(
          "Alert rules changed by {}: {} applied, {} removed, {} in force, version {}",
          change.by(),
          change.apply().size(),
          change.remove().size(),
          book.rules().size(),
          book.version());
      say(change.commandId());
    } catch (RuleException e) {
      output.collect(
          REFUSED, new StreamRecord<>(message.refused(ErrorClass.OUT_OF_RANGE, e.getMessage())));
    }
  }

  private void redeliver(Command.Redeliver again) {
    if (again.at() != null && again.at() < history) {
      LOG.info("Webhook {} is not sent again: that was asked of a job before", again.webhookId());
      return;
    }
    // The alert's id, up to the sequence: what belongs to one alert keeps its order.
    int dot = again.webhookId().lastIndexOf('.');
    output.collect(
        REDELIVERIES,
        new StreamRecord<>(
            new Delivery(
                again.webhookId(),
                again.destination(),
                again.body().getBytes(StandardCharsets.UTF_8),
                dot < 0 ? again.webhookId() : again.webhookId().substring(0, dot),
                true)));
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    saved.update(List.of(book));
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    checkpointAge.completed();
  }

  @Override
  public void endInput() {
    ended = true;
  }

  @Override
  public void finish() throws Exception {
    super.finish();
    voice.state(AgentState.COMPLETED, null);
  }

  @Override
  public void close() throws Exception {
    if (reporter != null) {
      reporter.close();
    }
    super.close();
  }
}
