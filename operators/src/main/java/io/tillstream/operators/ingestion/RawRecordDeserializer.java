package io.tillstream.operators.ingestion;

import io.tillstream.operators.ingestion.SourceMessage.RawRecord;
import io.tillstream.operators.wire.CodecTypeInfo;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Hands records on as they are. Parsing here would turn a bad record into a failed source that
 * reads the same record again for ever.
 */
public final class RawRecordDeserializer
    implements KafkaRecordDeserializationSchema<SourceMessage> {
  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> record, Collector<SourceMessage> collector) {
    collector.collect(
        new RawRecord(
            record.topic(),
            record.partition(),
            record.offset(),
            record.timestamp(),
            record.key(),
            record.value(),
            headers(record)));
  }

  private static List<Header> headers(ConsumerRecord<byte[], byte[]> record) {
    var given = record.headers().iterator();
    if (!given.hasNext()) {
      return List.of();
    }
    List<Header> headers = new ArrayList<>();
    given.forEachRemaining(header -> headers.add(new Header(header.key(), header.value())));
    return headers;
  }

  @Override
  public TypeInformation<SourceMessage> getProducedType() {
    return CodecTypeInfo.of(SourceMessage.class, SourceMessageCodec.class);
  }
}
