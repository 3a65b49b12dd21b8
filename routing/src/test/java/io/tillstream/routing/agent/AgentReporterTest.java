package io.tillstream.routing.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AgentReporterTest {
  private final AgentVoice voice =
      new AgentVoice("ingestion", "read", 0, 1, System::currentTimeMillis);
  private final Channel channel = new Channel();

  /** Keeps reports, and who sent them. */
  private static class Channel implements ReportChannel {
    final BlockingQueue<AgentReport> sent = new LinkedBlockingQueue<>();
    final AtomicBoolean closed = new AtomicBoolean();
    volatile Thread sender;

    @Override
    public void send(AgentReport report) {
      sender = Thread.currentThread();
      sent.add(report);
    }

    @Override
    public void close() {
      closed.set(true);
    }

    AgentReport next(long millis) throws InterruptedException {
      return sent.poll(millis, TimeUnit.MILLISECONDS);
    }
  }

  @Test
  void theFirstReportComesAtOnceThenOneEachSecond() throws Exception {
    long begin = System.nanoTime();
    try (AgentReporter reporter = AgentReporter.start(() -> channel, voice)) {
      assertThat(reporter).isNotNull();
      assertThat(channel.next(5_000).sequence()).isEqualTo(1);
      assertThat(System.nanoTime() - begin).isLessThan(900_000_000L);
      assertThat(channel.next(5_000).sequence()).isEqualTo(2);
      assertThat(channel.next(5_000).sequence()).isEqualTo(3);
      assertThat(System.nanoTime() - begin).isBetween(1_900_000_000L, 5_000_000_000L);
      assertThat(channel.sender.isDaemon()).isTrue();
    }
    assertThat(channel.closed).isTrue();
  }

  @Test
  void aChangeOfStateIsSaidAtOnceOnTheReportersThread() throws Exception {
    try (AgentReporter reporter = AgentReporter.start(() -> channel, voice)) {
      assertThat(reporter).isNotNull();
      assertThat(channel.next(5_000).state()).isEqualTo(AgentState.RUNNING);
      long begin = System.nanoTime();
      voice.state(AgentState.FAILED, "no");
      AgentReport report = channel.next(5_000);
      while (report.state() == AgentState.RUNNING) {
        report = channel.next(5_000);
      }
      assertThat(report.state()).isEqualTo(AgentState.FAILED);
      assertThat(System.nanoTime() - begin).isLessThan(900_000_000L);
      assertThat(channel.sender).isNotEqualTo(Thread.currentThread());
    }
  }

  @Test
  void theLastWordIsSaidBeforeTheEnd() {
    AgentReporter reporter = AgentReporter.start(() -> channel, voice);
    voice.state(AgentState.COMPLETED, null);
    reporter.close();
    List<AgentReport> sent = List.copyOf(channel.sent);
    assertThat(sent.get(sent.size() - 1).state()).isEqualTo(AgentState.COMPLETED);
    reporter.report(); // too late, and no error
    assertThat(channel.sent).hasSameSizeAs(sent);
  }

  @Test
  void whoClosesWithoutAnEndSaysNothingOfIt() throws Exception {
    AgentReporter reporter = AgentReporter.start(() -> channel, voice);
    assertThat(channel.next(5_000)).isNotNull();
    reporter.close();
    assertThat(channel.sent).allSatisfy(r -> assertThat(r.state()).isEqualTo(AgentState.RUNNING));
  }

  @Test
  void aStuckTaskIsStillHeard() throws Exception {
    ReentrantLock work = new ReentrantLock();
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    Thread task =
        new Thread(
            () -> {
              work.lock();
              try {
                stuck.countDown();
                free.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                work.unlock();
              }
            });
    task.start();
    stuck.await();
    voice.health(out -> out.put("task_is_stuck", work.isLocked() ? 1 : 0));
    try (AgentReporter reporter = AgentReporter.start(() -> channel, voice)) {
      assertThat(reporter).isNotNull();
      for (int i = 0; i < 3; i++) {
        assertThat(channel.next(5_000).indicators()).isEqualTo(Map.of("task_is_stuck", 1.0));
      }
    } finally {
      free.countDown();
      task.join();
    }
  }

  @Test
  void aSlowChannelHoldsUpNobodyButTheReports() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    Channel slow =
        new Channel() {
          @Override
          public void send(AgentReport report) {
            try {
              free.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            super.send(report);
          }
        };
    try (AgentReporter reporter = AgentReporter.start(() -> slow, voice)) {
      long begin = System.nanoTime();
      voice.state(AgentState.FAILED, "no");
      for (int i = 0; i < 100; i++) {
        reporter.report();
      }
      assertThat(System.nanoTime() - begin).isLessThan(900_000_000L);
      assertThat(slow.next(2_500)).isNull();
      free.countDown();
      assertThat(slow.next(5_000)).isNotNull();
      // What was asked for meanwhile is one report, and lost seconds are not made good.
      assertThat(slow.next(5_000)).isNotNull();
      assertThat(slow.next(250)).isNull();
    }
  }

  @Test
  void aChannelThatFailsIsTriedAgain() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    CountDownLatch tried = new CountDownLatch(2);
    Channel brittle =
        new Channel() {
          @Override
          public void send(AgentReport report) {
            tried.countDown();
            if (broken.get()) {
              throw new IllegalStateException("no bus");
            }
            super.send(report);
          }
        };
    try (AgentReporter reporter = AgentReporter.start(() -> brittle, voice)) {
      assertThat(reporter).isNotNull();
      assertThat(tried.await(10, TimeUnit.SECONDS)).isTrue();
      broken.set(false);
      assertThat(brittle.next(5_000)).isNotNull();
    }
  }

  @Test
  void nobodyNeedsToListen() {
    AgentReporter reporter = AgentReporter.start(null, voice);
    voice.state(AgentState.COMPLETED, null);
    reporter.close();
    assertThat(voice.get().state()).isEqualTo(AgentState.COMPLETED);
  }
}
