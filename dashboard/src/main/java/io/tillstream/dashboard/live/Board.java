package io.tillstream.dashboard.live;

import io.tillstream.dashboard.agents.CheckpointView;
import io.tillstream.dashboard.agents.JobView;
import io.tillstream.dashboard.view.Answers;
import io.tillstream.dashboard.view.Feed;
import io.tillstream.dashboard.view.Message;
import io.tillstream.dashboard.view.Screen;
import io.tillstream.dashboard.view.View;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The view under a lock, so that one thread fills it while others ask. */
public final class Board {
  private final ReentrantLock lock = new ReentrantLock();
  private final Supplier<View> views;
  private volatile Runnable listener = () -> {};
  private Known known;

  /**
   * What can be asked while the lock is held.
   *
   * @param life another one after each {@link Board#reset}: numbers of changes begin anew then
   */
  public record Known(View view, Screen screen, Answers answers, long life) {}

  /**
   * A board with an empty view.
   *
   * @param views makes empty views
   */
  public Board(Supplier<View> views) {
    this.views = views;
    this.known = fresh(1);
  }

  private Known fresh(long life) {
    View view = views.get();
    return new Known(view, new Screen(view), new Answers(view), life);
  }

  /** Whom to tell of every change; it is told by the thread that made it and must not wait. */
  void onChange(Runnable newListener) {
    listener = newListener;
  }

  /** Forgets everything: the topics are others than they were. */
  public void reset() {
    lock.lock();
    try {
      known = fresh(known.life() + 1);
    } finally {
      lock.unlock();
    }
    listener.run();
  }

  /**
   * Takes messages.
   *
   * @return how many of them were none of their topic
   */
  public int apply(List<Message> messages) {
    return change(
        view -> {
          int strange = 0;
          for (Message message : messages) {
            strange += view.apply(message) ? 0 : 1;
          }
          return strange;
        });
  }

  /** How well the topics are followed. */
  public void feed(Feed feed) {
    if (!feed.equals(feed())) {
      change(
          view -> {
            view.feed(feed);
            return null;
          });
    }
  }

  public Feed feed() {
    return ask(now -> now.view().feed());
  }

  /** Where the pipeline's input begins and ends, by partition. */
  public void input(Map<Integer, Long> begins, Map<Integer, Long> ends) {
    change(
        view -> {
          view.input(begins, ends);
          return null;
        });
  }

  /** What Flink says. */
  public void flink(JobView job, CheckpointView checkpoints) {
    change(
        view -> {
          view.flink(job, checkpoints);
          return null;
        });
  }

  private <T> T change(Function<View, T> work) {
    T result = ask(now -> work.apply(now.view()));
    listener.run();
    return result;
  }

  /** Asks something; nobody changes the view meanwhile, so it must be quick and must not wait. */
  public <T> T ask(Function<Known, T> question) {
    lock.lock();
    try {
      return question.apply(known);
    } finally {
      lock.unlock();
    }
  }

  /** Does something with what is known, as {@link #ask}. */
  void use(Consumer<Known> work) {
    lock.lock();
    try {
      work.accept(known);
    } finally {
      lock.unlock();
    }
  }
}
