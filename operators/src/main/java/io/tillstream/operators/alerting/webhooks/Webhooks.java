package io.tillstream.operators.alerting.webhooks;

import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.ingestion.DeadLetterCodec;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.agent.ReportChannel;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Sending webhooks as a piece of topology. */
public final class Webhooks {
  /** The uid of the operator. */
  public static final String UID = "alert-webhooks";

  /** The operator's name. */
  public static final String NAME = "Alert: webhooks";

  /** The type of what comes in. */
  public static final TypeInformation<Delivery> DELIVERIES =
      CodecTypeInfo.of(Delivery.class, DeliveryCodec.class);

  private Webhooks() {}

  /**
   * Sends deliveries. It is one instance: a destination has one queue.
   *
   * @param reports where it reports, or null
   * @return those that nobody took
   */
  public static DataStream<DeadLetter> define(
      DataStream<Delivery> deliveries, WebhookOptions options, ReportChannel.Factory reports) {
    return deliveries
        .transform(
            NAME,
            CodecTypeInfo.of(DeadLetter.class, DeadLetterCodec.class),
            new WebhookOperator(options, reports))
        .uid(UID)
        .setParallelism(1);
  }
}
