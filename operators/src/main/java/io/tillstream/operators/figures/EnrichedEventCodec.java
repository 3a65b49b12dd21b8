package io.tillstream.operators.figures;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Texts;
import io.tillstream.routing.event.ShopEvent;
import io.tillstream.routing.event.ShopEventCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The wire format of {@link EnrichedEvent}; used only where the chain is broken, as on the way to
 * the backup.
 */
public final class EnrichedEventCodec implements Codec<EnrichedEvent> {
  private final ShopEventCodec events = new ShopEventCodec();

  @Override
  public void write(EnrichedEvent value, DataOutput out) throws IOException {
    events.write(value.event(), out);
    for (String category : value.categories()) {
      Texts.write(category, out);
    }
    Texts.write(value.segment(), out);
  }

  @Override
  public EnrichedEvent read(DataInput in, int version) throws IOException {
    ShopEvent event = events.read(in, events.version());
    List<String> categories = new ArrayList<>(event.lines().size());
    for (int i = 0; i < event.lines().size(); i++) {
      categories.add(Texts.read(in));
    }
    return new EnrichedEvent(event, categories, Texts.read(in));
  }
}
