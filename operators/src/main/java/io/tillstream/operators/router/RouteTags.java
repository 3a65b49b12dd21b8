package io.tillstream.operators.router;

import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.event.ShopEvent;
import io.tillstream.routing.event.ShopEventCodec;
import org.apache.flink.util.OutputTag;

/** The ways an event may go. */
public final class RouteTags {
  /** To the enrichment. */
  public static final OutputTag<ShopEvent> ENRICHED =
      new OutputTag<>("enriched", CodecTypeInfo.of(ShopEvent.class, ShopEventCodec.class));

  /** Past the enrichment, with defaults. */
  public static final OutputTag<ShopEvent> BYPASS =
      new OutputTag<>("bypass", CodecTypeInfo.of(ShopEvent.class, ShopEventCodec.class));

  private RouteTags() {}
}
