package io.tillstream.operators.orchestration;

import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.ingestion.DeadLetterCodec;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.plan.RoutePlan;
import io.tillstream.routing.route.Decision;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The orchestrator as a piece of topology. */
public final class Orchestration {
  private Orchestration() {}

  /**
   * What the orchestrator yields.
   *
   * @param decisions decisions about routes
   * @param alertCommands commands for the alert agent
   * @param deadLetters control records that were no commands
   */
  public record Streams(
      DataStream<Decision> decisions,
      DataStream<ControlMessage> alertCommands,
      DataStream<DeadLetter> deadLetters) {}

  /**
   * The bus and what else lies outside.
   *
   * @param control commands from people
   * @param bus the agents' reports, its own among them
   * @param reports where it reports, or null
   * @param board where it shows what it concluded
   */
  public record Ports(
      Source<ControlMessage, ?, ?> control,
      Source<ReportMessage, ?, ?> bus,
      ReportChannel.Factory reports,
      StatusBoard.Factory board) {}

  /**
   * Puts the orchestrator into a topology. It is one instance: decisions have an order.
   *
   * @param plan the routes as submitted
   */
  public static Streams define(StreamExecutionEnvironment env, RoutePlan plan, Ports ports) {
    DataStream<ControlMessage> control =
        env.fromSource(
                ports.control(),
                WatermarkStrategy.noWatermarks(),
                "Orchestrator: control",
                CodecTypeInfo.of(ControlMessage.class, ControlMessageCodec.class))
            .uid("orchestrator-control")
            .setParallelism(1);
    DataStream<ReportMessage> bus =
        env.fromSource(
                ports.bus(),
                WatermarkStrategy.noWatermarks(),
                "Orchestrator: reports",
                CodecTypeInfo.of(ReportMessage.class, ReportMessageCodec.class))
            .uid("orchestrator-reports")
            .setParallelism(1);
    SingleOutputStreamOperator<Decision> decisions =
        control
            .connect(bus)
            .transform(
                "Orchestrator: decide",
                OrchestratorOperator.DECISIONS,
                new OrchestratorOperator(plan, ports.reports(), ports.board()))
            .uid("orchestrator-decide")
            .setParallelism(1);
    DataStream<DeadLetter> deadLetters =
        decisions
            .getSideOutput(OrchestratorOperator.REJECTED)
            .map(Orchestration::deadLetter)
            .returns(CodecTypeInfo.of(DeadLetter.class, DeadLetterCodec.class))
            .name("Orchestrator: dead letters")
            .uid("orchestrator-dead-letters")
            .setParallelism(1);
    return new Streams(
        decisions, decisions.getSideOutput(OrchestratorOperator.ALERT_COMMANDS), deadLetters);
  }

  private static DeadLetter deadLetter(RejectedControl rejected) {
    return rejected.message().refused(rejected.errorClass(), rejected.error());
  }
}
