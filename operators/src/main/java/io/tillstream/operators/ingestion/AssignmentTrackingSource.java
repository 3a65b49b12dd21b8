package io.tillstream.operators.ingestion;

import java.io.IOException;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.watermark.WatermarkDeclaration;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;

/**
 * A Kafka source that also says in its stream which partitions it reads. Flink tells an operator
 * behind a source nothing of partitions that have not sent a record yet; the clock must know them,
 * or one that is slow to start would find its events late.
 *
 * <p>Splits and enumerator are the Kafka source's own, so a savepoint of the plain source fits.
 */
public final class AssignmentTrackingSource
    implements Source<SourceMessage, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<SourceMessage>,
        LineageVertexProvider {
  private static final long serialVersionUID = 1L;

  private final KafkaSource<SourceMessage> inner;

  /** Wraps {@code inner}, which uses the {@link RawRecordDeserializer}. */
  public AssignmentTrackingSource(KafkaSource<SourceMessage> inner) {
    this.inner = inner;
  }

  @Override
  public Boundedness getBoundedness() {
    return inner.getBoundedness();
  }

  @Override
  public SourceReader<SourceMessage, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    return new AssignmentTrackingReader(inner.createReader(context));
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return inner.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
      throws IOException {
    return inner.restoreEnumerator(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return inner.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return inner.getEnumeratorCheckpointSerializer();
  }

  @Override
  public Set<? extends WatermarkDeclaration> declareWatermarks() {
    return inner.declareWatermarks();
  }

  @Override
  public TypeInformation<SourceMessage> getProducedType() {
    return inner.getProducedType();
  }

  @Override
  public LineageVertex getLineageVertex() {
    return inner.getLineageVertex();
  }
}
