package io.tillstream.jobs;

import io.tillstream.operators.ingestion.Originals;
import io.tillstream.operators.ingestion.SourceMessage.RawRecord;

/** The {@link MadeTraffic}, read at one place. */
final class MadeOriginals implements Originals {
  static final Originals.Factory FACTORY = MadeOriginals::new;

  private final MadeTraffic traffic = new MadeTraffic();

  @Override
  public String topic() {
    return "shop-events";
  }

  @Override
  public RawRecord read(int partition, long offset) {
    return (RawRecord) traffic.make(partition, offset);
  }

  @Override
  public void close() {}
}
