package io.tillstream.jobs.kafka;

import io.tillstream.operators.orchestration.ControlMessage;
import io.tillstream.operators.orchestration.ControlMessageCodec;
import io.tillstream.operators.wire.CodecTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record of {@code control}, as it came: the orchestrator judges it. */
final class ControlDeserializer implements KafkaRecordDeserializationSchema<ControlMessage> {
  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ControlMessage> out) {
    out.collect(
        new ControlMessage(
            record.value(), record.topic(), record.partition(), record.offset(), record.key()));
  }

  @Override
  public TypeInformation<ControlMessage> getProducedType() {
    return CodecTypeInfo.of(ControlMessage.class, ControlMessageCodec.class);
  }
}
