package io.tillstream.operators.enrichment.repair;

import io.tillstream.operators.enrichment.Enrichment;
import io.tillstream.operators.figures.Contribution;
import io.tillstream.operators.figures.Delta;
import io.tillstream.operators.figures.Figures;
import io.tillstream.operators.figures.Owed;
import io.tillstream.routing.route.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** The operator on RocksDB, its mails run by the test. */
final class RepairHarness
    extends KeyedTwoInputStreamOperatorTestHarness<String, Owed, Decision, Contribution> {
  static final int MAX_PARALLELISM = 128;

  RepairHarness(RepairOperator operator, int parallelism, int subtask) throws Exception {
    super(
        operator,
        new Enrichment.ByItem(),
        null,
        Types.STRING,
        MAX_PARALLELISM,
        parallelism,
        subtask);
    operator.setMailboxExecutor(
        new MailboxExecutorImpl(getTaskMailbox(), 0, StreamTaskActionExecutor.IMMEDIATE));
    setStateBackend(new EmbeddedRocksDBStateBackend(true));
  }

  void runMails() throws Exception {
    Optional<Mail> mail = getTaskMailbox().tryTake(0);
    while (mail.isPresent()) {
      mail.get().run();
      mail = getTaskMailbox().tryTake(0);
    }
  }

  long productsInState() {
    try (Stream<String> keys =
        getOperator()
            .<String>getKeyedStateBackend()
            .getKeys(Debts.descriptor().getName(), VoidNamespace.INSTANCE)) {
      return keys.distinct().count();
    }
  }

  /** What went to the backup, in order. */
  List<Contribution> backup() {
    List<Contribution> sent = new ArrayList<>();
    var records = getSideOutput(RepairOperator.BACKUP);
    if (records != null) {
      records.forEach(record -> sent.add(record.getValue()));
    }
    return sent;
  }

  List<Delta> deltas() {
    return deltas(extractOutputValues());
  }

  static List<Delta> deltas(List<Contribution> sent) {
    List<Delta> deltas = new ArrayList<>();
    for (Contribution each : sent) {
      if (each instanceof Delta delta) {
        deltas.add(delta);
      }
    }
    return deltas;
  }

  Map<String, Figures> rows() {
    return rows(extractOutputValues());
  }

  static Map<String, Figures> rows(List<Contribution> sent) {
    Map<String, Figures> rows = new HashMap<>();
    for (Delta delta : deltas(sent)) {
      rows.computeIfAbsent(delta.target() + "@" + delta.windowStart(), row -> new Figures())
          .add(delta.figures(), 1);
    }
    return rows;
  }
}
