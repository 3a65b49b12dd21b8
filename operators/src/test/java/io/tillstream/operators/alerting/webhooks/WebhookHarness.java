package io.tillstream.operators.alerting.webhooks;

import io.tillstream.operators.ingestion.DeadLetter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** The operator in a task whose mails the test runs, with real HTTP. */
final class WebhookHarness extends OneInputStreamOperatorTestHarness<Delivery, DeadLetter> {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(40);

  WebhookHarness(WebhookOperator operator) throws Exception {
    super(operator, Webhooks.DELIVERIES.createSerializer(null));
    operator.setMailboxExecutor(
        new MailboxExecutorImpl(getTaskMailbox(), 0, StreamTaskActionExecutor.IMMEDIATE));
  }

  /** Runs mails and lets the task's clock go on until something holds. */
  void runUntil(String what, BooleanSupplier condition) throws Exception {
    long begin = System.nanoTime();
    long last = begin;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        throw new AssertionError("not within 40 s: " + what);
      }
      Optional<Mail> mail = getTaskMailbox().tryTake(0);
      if (mail.isPresent()) {
        mail.get().run();
      } else {
        Thread.onSpinWait();
      }
      long passed = (System.nanoTime() - last) / 1_000_000;
      if (passed > 0) {
        last += passed * 1_000_000;
        setProcessingTime(getProcessingTime() + passed);
      }
    }
  }
}
