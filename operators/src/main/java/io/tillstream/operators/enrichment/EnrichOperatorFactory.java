package io.tillstream.operators.enrichment;

import io.tillstream.operators.enrichment.lookup.Lookups;
import io.tillstream.operators.figures.Enriched;
import io.tillstream.routing.agent.ReportChannel;
import io.tillstream.routing.event.Routed;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the {@link EnrichOperator} on the machine where it runs. */
final class EnrichOperatorFactory extends AbstractStreamOperatorFactory<Enriched>
    implements OneInputStreamOperatorFactory<Routed, Enriched> {
  private static final long serialVersionUID = 1L;

  private final EnrichmentOptions options;
  private final Lookups.Factory connections;
  private final ReportChannel.Factory reports;

  EnrichOperatorFactory(
      EnrichmentOptions options, Lookups.Factory connections, ReportChannel.Factory reports) {
    this.options = options;
    this.connections = connections;
    this.reports = reports;
    this.chainingStrategy = ChainingStrategy.HEAD; // an agent's box of its own
  }

  @Override
  // The interface asks for the caller's type.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T extends StreamOperator<Enriched>> T createStreamOperator(
      StreamOperatorParameters<Enriched> parameters) {
    return (T) new EnrichOperator(parameters, options, connections, reports);
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return EnrichOperator.class;
  }
}
