package io.tillstream.operators.aggregation;

import io.tillstream.operators.aggregation.presum.PreSumOperator;
import io.tillstream.operators.aggregation.presum.Refused;
import io.tillstream.operators.aggregation.rows.MetricRow;
import io.tillstream.operators.aggregation.rows.MetricRowCodec;
import io.tillstream.operators.aggregation.sums.SumsOperator;
import io.tillstream.operators.aggregation.sums.SumsPorts;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.figures.ContributionCodec;
import io.tillstream.operators.figures.Enriched;
import io.tillstream.operators.figures.Owed;
import io.tillstream.operators.wire.CodecTypeInfo;
import io.tillstream.routing.agent.ReportChannel;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** How the aggregation stands in a topology. */
public final class Aggregation {
  /** The uid of the pre-sum behind the look-up. */
  public static final String PRESUM_ENRICHED = "aggregation-presum-enriched";

  /** The uid of the pre-sum behind the bypass. */
  public static final String PRESUM_BYPASS = "aggregation-presum-bypass";

  /** The uid of the sums. */
  public static final String SUMS = "aggregation-sums";

  /** The uid of the backup's pre-sum. */
  public static final String BACKUP_PRESUM = "backup-presum";

  /** The uid of the backup's sums. */
  public static final String BACKUP_SUMS = "backup-sums";

  /** The wire type of what goes to the sums. */
  public static final CodecTypeInfo<Contribution> CONTRIBUTION =
      CodecTypeInfo.of(Contribution.class, ContributionCodec.class);

  /** The wire type of published rows. */
  public static final CodecTypeInfo<MetricRow> METRIC_ROW =
      CodecTypeInfo.of(MetricRow.class, MetricRowCodec.class);

  private Aggregation() {}

  /**
   * What a pre-sum yields.
   *
   * @param contributions for the sums
   * @param owed for the repair
   * @param fallback for the backup: what the route gives to it, and what could not be taken
   * @param refused what the backup could not take either
   */
  public record PreSummed(
      DataStream<Contribution> contributions,
      DataStream<Owed> owed,
      DataStream<Enriched> fallback,
      DataStream<Refused> refused) {}

  /**
   * A pre-sum, chained to {@code events} unless they are a union. The backup's is the same with
   * other options.
   *
   * @param uid {@link #PRESUM_ENRICHED}, {@link #PRESUM_BYPASS} or {@link #BACKUP_PRESUM}
   * @param reports where the agent reports, or null
   */
  public static PreSummed preSum(
      DataStream<Enriched> events,
      String uid,
      AggregationOptions options,
      ReportChannel.Factory reports) {
    String part = uid.equals(PRESUM_BYPASS) ? "pre-sum-bypass" : "pre-sum";
    SingleOutputStreamOperator<Contribution> contributions =
        events
            .transform(
                box(options, "pre-sum"),
                CONTRIBUTION,
                new PreSumOperator.Factory(options, part, reports))
            .setParallelism(events.getParallelism())
            .uid(uid);
    return new PreSummed(
        contributions,
        contributions.getSideOutput(PreSumOperator.OWED),
        contributions.getSideOutput(PreSumOperator.FALLBACK),
        contributions.getSideOutput(PreSumOperator.REFUSED));
  }

  private static String box(AggregationOptions options, String part) {
    return (options.backup() ? "Backup aggregation: " : "Aggregation: ") + part;
  }

  /**
   * The sums over everything that goes to them: pre-sums, repairs, carts. The backup's are the same
   * with other options, and keep their own state.
   */
  public static SingleOutputStreamOperator<MetricRow> sums(
      DataStream<Contribution> contributions, AggregationOptions options, SumsPorts ports) {
    return contributions
        .keyBy(new ByTarget(), Types.STRING)
        .transform(box(options, "sums"), METRIC_ROW, new SumsOperator.Factory(options, ports))
        .uid(options.backup() ? BACKUP_SUMS : SUMS);
  }

  /** Keys by {@link Contribution#target()}. */
  public static final class ByTarget implements KeySelector<Contribution, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String getKey(Contribution contribution) {
      return contribution.target();
    }
  }
}
