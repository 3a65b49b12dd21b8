package io.tillstream.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * A sink whose records a test can look at, in the order they came.
 *
 * @param <T> the records; they must not change any more
 */
final class Collected<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;

  // Static, because the sink that fills it is serialised.
  private static final Map<String, Log> LOGS = new ConcurrentHashMap<>();

  private final String name;

  /** Grows at its end only, for any thread. */
  private static final class Log {
    private final ArrayList<Object> records = new ArrayList<>();

    synchronized void add(Object record) {
      records.add(record);
    }

    synchronized List<Object> from(int first) {
      return List.copyOf(records.subList(first, records.size()));
    }

    synchronized int size() {
      return records.size();
    }
  }

  /** A sink whose records are found under {@code name}. */
  Collected(String name) {
    this.name = name;
  }

  private static Log log(String name) {
    return LOGS.computeIfAbsent(name, absent -> new Log());
  }

  /** What came under {@code name} so far, from the {@code first} on. */
  @SuppressWarnings("unchecked") // who asks knows what he collects
  static <T> List<T> of(String name, int first) {
    return (List<T>) log(name).from(first);
  }

  static int size(String name) {
    return log(name).size();
  }

  static void reset() {
    LOGS.clear();
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    Log log = log(name);
    return new SinkWriter<>() {
      @Override
      public void write(T record, Context recordContext) {
        log.add(record);
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
