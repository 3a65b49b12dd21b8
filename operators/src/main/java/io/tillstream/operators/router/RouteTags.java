package io.tillstream.operators.router;

import io.tillstream.operators.figures.RoutedCodec;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.event.Routed;
import org.apache.flink.util.OutputTag;

/** The ways an event may go. What is known of the routes goes both. */
public final class RouteTags {
  /** To the enrichment. */
  public static final OutputTag<Routed> ENRICHED =
      new OutputTag<>("enriched", CodecTypeInfo.of(Routed.class, RoutedCodec.class));

  /** Past the enrichment, with defaults. */
  public static final OutputTag<Routed> BYPASS =
      new OutputTag<>("bypass", CodecTypeInfo.of(Routed.class, RoutedCodec.class));

  private RouteTags() {}
}
