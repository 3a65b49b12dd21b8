package io.tillstream.operators.ingestion;

import io.tillstream.routing.event.EventParser;
import io.tillstream.routing.event.EventTexts;
import io.tillstream.routing.event.Parsed;
import java.time.Duration;

/** The contract's parser behind the ingestion's port. */
final class RealParser implements RecordParser {
  static final RecordParser.Factory FACTORY = RealParser::new;

  private final EventParser parser;

  RealParser(Duration maxAhead) {
    parser = new EventParser(new EventParser.Options(maxAhead));
  }

  @Override
  public Parsed parse(byte[] value, long recordTime) {
    return parser.parse(value, recordTime);
  }

  @Override
  public String eventId(byte[] value) {
    return EventTexts.eventId(value);
  }
}
