package io.tillstream.operators.alerting;

import io.tillstream.operators.aggregation.Aggregation;
import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.alerting.rules.RulesInForce;
import io.tillstream.operators.alerting.rules.RulesOperator;
import io.tillstream.operators.alerting.watch.WatchOperator;
import io.tillstream.operators.alerting.webhooks.Webhooks;
import io.tillstream.operators.ingestion.DeadLetter;
import io.tillstream.operators.orchestration.ControlMessage;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.alert.Alert;
import io.tillstream.routing.alert.RuleBook;
import io.tillstream.routing.alert.RuleBookCodec;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The alert agent as a piece of topology. */
public final class Alerting {
  /** The uid of the book of rules. */
  public static final String RULES_UID = "alert-rules";

  /** The uid of the watch. */
  public static final String WATCH_UID = "alert-watch";

  /** The uid of what passes rows on. */
  public static final String ROWS_UID = "alert-rows";

  /** The uid of what passes the backup's rows on. */
  public static final String BACKUP_ROWS_UID = "alert-rows-backup";

  private Alerting() {}

  /**
   * What the alert agent yields.
   *
   * @param alerts what is told
   * @param inForce what people are told of the rules
   * @param deadLetters commands that could not be carried out, webhooks that nobody took
   */
  public record Streams(
      DataStream<Alert> alerts,
      DataStream<RulesInForce> inForce,
      DataStream<DeadLetter> deadLetters) {}

  /**
   * Puts the alert agent into a topology.
   *
   * @param rows published rows
   * @param backupRows the backup's
   * @param commands what people want of rules and webhooks
   */
  public static Streams define(
      DataStream<MetricRow> rows,
      DataStream<MetricRow> backupRows,
      DataStream<ControlMessage> commands,
      AlertOptions options,
      AlertPorts ports) {
    SingleOutputStreamOperator<RuleBook> books =
        commands
            .transform(
                "Alert: rules",
                CodecTypeInfo.of(RuleBook.class, RuleBookCodec.class),
                new RulesOperator(options, ports))
            .uid(RULES_UID)
            .setParallelism(1)
            .startNewChain(); // a box of its own
    SingleOutputStreamOperator<Alert> alerts =
        newest(rows, ROWS_UID, options)
            .union(newest(backupRows, BACKUP_ROWS_UID, options))
            .keyBy(new ByRow(), Types.STRING)
            .connect(books.broadcast())
            .transform("Alert: watch", WatchOperator.ALERTS, new WatchOperator(options, ports))
            .uid(WATCH_UID);
    DataStream<DeadLetter> unsent =
        Webhooks.define(
            alerts
                .getSideOutput(WatchOperator.DELIVERIES)
                .union(books.getSideOutput(RulesOperator.REDELIVERIES)),
            options.webhooks(),
            ports.reports());
    return new Streams(
        alerts,
        books.getSideOutput(RulesOperator.IN_FORCE),
        books.getSideOutput(RulesOperator.REFUSED).union(unsent));
  }

  // Chained to the sums, as their sink is: what it drops costs nothing.
  private static DataStream<MetricRow> newest(
      DataStream<MetricRow> rows, String uid, AlertOptions options) {
    return rows.transform(
            "Alert: rows", Aggregation.METRIC_ROW, new NewestRows(options.horizon().toMillis()))
        .setParallelism(rows.getParallelism())
        .uid(uid);
  }

  /** Keys by the row, whoever summed it. */
  public static final class ByRow implements KeySelector<MetricRow, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String getKey(MetricRow row) {
      return row.row().text();
    }
  }
}
