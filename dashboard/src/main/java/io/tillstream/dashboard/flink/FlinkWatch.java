package io.tillstream.dashboard.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.dashboard.agents.CheckpointView;
import io.tillstream.dashboard.agents.JobView;
import io.tillstream.dashboard.live.Board;
import io.tillstream.dashboard.view.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Tells the board every two seconds what Flink says of the newest job. */
public final class FlinkWatch implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long PERIOD_MILLIS = 2_000;

  /** Flink's answers here have some kilobytes. */
  private static final int LARGEST = 4 << 20;

  private static final String NO_JOB = "";

  private final URI address;
  private final Board board;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final Thread thread = new Thread(this::run, "flink");
  private JobView job = new JobView(NO_JOB, JobView.UNREACHABLE, 0);
  private CheckpointView checkpoints = CheckpointView.NONE;

  /**
   * A watch; {@link #start} makes it work.
   *
   * @param address like {@code http://127.0.0.1:8081}
   */
  public FlinkWatch(URI address, Board board) {
    this.address = address;
    this.board = board;
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    while (true) {
      try {
        ask();
      } catch (IOException | IllegalArgumentException e) {
        // What was known stays, as in status.
        job = new JobView(job.id(), JobView.UNREACHABLE, job.restarts());
      } catch (InterruptedException e) {
        return;
      }
      board.flink(job, checkpoints);
      try {
        TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void ask() throws IOException, InterruptedException {
    JsonNode newest = null;
    for (JsonNode one : get("/jobs/overview").path("jobs")) {
      if (newest == null || better(one, newest)) {
        newest = one;
      }
    }
    String id = newest == null ? NO_JOB : newest.path("jid").asText();
    if (!id.matches("[0-9a-f]{32}")) {
      job = new JobView(NO_JOB, "NONE", 0);
      return;
    }
    job = new JobView(id, newest.path("state").asText(), restarts(id));
    checkpoints = CheckpointView.of(get("/jobs/" + id + "/checkpoints"));
  }

  // One that still runs before one that has ended, then the younger.
  private static boolean better(JsonNode one, JsonNode other) {
    boolean ended = one.path("end-time").asLong() > 0;
    boolean otherEnded = other.path("end-time").asLong() > 0;
    return ended == otherEnded
        ? one.path("start-time").asLong() > other.path("start-time").asLong()
        : otherEnded;
  }

  private long restarts(String id) throws IOException, InterruptedException {
    String value = get("/jobs/" + id + "/metrics?get=numRestarts").path(0).path("value").asText("");
    return value.matches("[0-9]{1,18}") ? Long.parseLong(value) : job.restarts();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).GET().build();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException("Flink answers " + response.statusCode());
      }
      JsonNode tree = JsonText.tree(body.readNBytes(LARGEST));
      if (tree == null) {
        throw new IOException("Flink answers without JSON");
      }
      return tree;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
