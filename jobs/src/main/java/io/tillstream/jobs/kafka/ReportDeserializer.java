package io.tillstream.jobs.kafka;

import io.tillstream.operators.orchestration.ReportMessage;
import io.tillstream.operators.orchestration.ReportMessageCodec;
import io.tillstream.operators.wire.CodecTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record of {@code agent-status}, as it came: the orchestrator judges it. */
final class ReportDeserializer implements KafkaRecordDeserializationSchema<ReportMessage> {
  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ReportMessage> out) {
    out.collect(ReportMessage.of(record.value()));
  }

  @Override
  public TypeInformation<ReportMessage> getProducedType() {
    return CodecTypeInfo.of(ReportMessage.class, ReportMessageCodec.class);
  }
}
