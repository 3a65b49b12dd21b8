package io.tillstream.operators.ingestion;

import io.tillstream.routing.event.EventParser;
import io.tillstream.routing.event.EventTexts;
import io.tillstream.routing.event.Parsed;
import java.time.Duration;

/** The contract's parser behind the ingestion's port. */
public final class ContractParser implements RecordParser {
  /** Makes one on the machine where the operator runs. */
  public static final RecordParser.Factory FACTORY = ContractParser::new;

  private final EventParser parser;

  private ContractParser(Duration maxAhead) {
    parser = new EventParser(new EventParser.Options(maxAhead));
  }

  @Override
  public Parsed parse(byte[] value, long recordTime, int partition, long offset) {
    return parser.parse(value, recordTime, partition, offset);
  }

  @Override
  public String eventId(byte[] value) {
    return EventTexts.eventId(value);
  }
}
