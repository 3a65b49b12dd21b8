package io.tillstream.operators.orchestration;

import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.ingestion.DeadLetterCodec;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.route.Decision;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The orchestrator as a piece of topology. */
public final class Orchestration {
  private static final String STAGE = "control";

  private Orchestration() {}

  /**
   * What the orchestrator yields.
   *
   * @param decisions decisions about routes
   * @param deadLetters control records that were no commands
   */
  public record Streams(DataStream<Decision> decisions, DataStream<DeadLetter> deadLetters) {}

  /**
   * Puts the orchestrator into a topology. It is one instance: decisions have an order.
   *
   * @param control commands from people
   * @param reports where it reports, or null
   */
  public static Streams define(
      StreamExecutionEnvironment env,
      Source<ControlMessage, ?, ?> control,
      ReportChannel.Factory reports) {
    SingleOutputStreamOperator<Decision> decisions =
        env.fromSource(
                control,
                WatermarkStrategy.noWatermarks(),
                "Orchestrator: control",
                CodecTypeInfo.of(ControlMessage.class, ControlMessageCodec.class))
            .uid("orchestrator-control")
            .setParallelism(1)
            .keyBy(new ControlKey(), Types.STRING)
            .process(new OrchestratorFunction(reports))
            .returns(OrchestratorFunction.DECISIONS)
            .name("Orchestrator: decide")
            .uid("orchestrator-decide")
            .setParallelism(1);
    DataStream<DeadLetter> deadLetters =
        decisions
            .getSideOutput(OrchestratorFunction.REJECTED)
            .map(Orchestration::deadLetter)
            .returns(CodecTypeInfo.of(DeadLetter.class, DeadLetterCodec.class))
            .name("Orchestrator: dead letters")
            .uid("orchestrator-dead-letters")
            .setParallelism(1);
    return new Streams(decisions, deadLetters);
  }

  private static DeadLetter deadLetter(RejectedControl rejected) {
    ControlMessage message = rejected.message();
    return new DeadLetter(
        message.topic(),
        message.partition(),
        message.offset(),
        STAGE,
        rejected.errorClass(),
        rejected.error(),
        message.key(),
        message.value(),
        List.of());
  }
}
