package io.tillstream.operators.aggregation.letters;

import io.tillstream.operators.aggregation.presum.Refused;
import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.ingestion.DeadLetterCodec;
import io.tillstream.operators.ingestion.Originals;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.event.ShopEvent;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Turns refused events into dead letters with their original key, bytes and headers. It is the
 * rarest of paths, so the originals are opened only when the first one is needed. While they cannot
 * be read the task waits; when they give up it fails, and after the restart the same events are
 * refused again: none is lost, none goes out without its bytes.
 */
public final class RefusedLetters extends RichMapFunction<Refused, DeadLetter> {
  private static final long serialVersionUID = 1L;

  /** The uid of the operator. */
  public static final String UID = "backup-dead-letters";

  private final Originals.Factory factory;
  private transient Originals originals;

  RefusedLetters(Originals.Factory factory) {
    this.factory = factory;
  }

  /** The letters of refused events. */
  public static DataStream<DeadLetter> of(
      DataStream<Refused> refused, Originals.Factory originals) {
    return refused
        .map(new RefusedLetters(originals))
        .returns(CodecTypeInfo.of(DeadLetter.class, DeadLetterCodec.class))
        .name("Backup aggregation: dead letters")
        .uid(UID);
  }

  @Override
  public DeadLetter map(Refused refused) {
    if (originals == null) {
      originals = factory.open();
    }
    ShopEvent event = refused.event().event();
    return RefusedLetter.of(
        refused, originals.topic(), originals.read(event.partition(), event.offset()));
  }

  @Override
  public void close() {
    if (originals != null) {
      originals.close();
    }
  }
}
