package io.tillstream.local.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillstream.local.layout.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The few calls of Flink's REST API we need; every one fails within some seconds. */
public final class FlinkRest {
  private static final Duration TIME_OUT = Duration.ofSeconds(5);

  private final String address;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIME_OUT).build();

  /**
   * @param address like {@code http://127.0.0.1:8081}
   */
  public FlinkRest(String address) {
    this.address = address;
  }

  public String address() {
    return address;
  }

  public JsonNode overview() throws IOException, InterruptedException {
    return get("/overview");
  }

  /** The TaskManagers registered now: resource id to RPC path, which changes with each process. */
  public Map<String, String> taskManagers() throws IOException, InterruptedException {
    Map<String, String> paths = new LinkedHashMap<>();
    for (JsonNode one : get("/taskmanagers").path("taskmanagers")) {
      paths.put(one.path("id").asText(), one.path("path").asText());
    }
    return paths;
  }

  public JsonNode job(String id) throws IOException, InterruptedException {
    return get("/jobs/" + id);
  }

  public JsonNode checkpoints(String id) throws IOException, InterruptedException {
    return get("/jobs/" + id + "/checkpoints");
  }

  /** A metric of the job as the JobManager reports it; empty text if it has none yet. */
  public String jobMetric(String id, String name) throws IOException, InterruptedException {
    return get("/jobs/" + id + "/metrics?get=" + name).path(0).path("value").asText("");
  }

  /** Why the job failed last, in one line; empty text if it never did. */
  public String lastFailure(String id) throws IOException, InterruptedException {
    JsonNode newest = get("/jobs/" + id + "/exceptions").path("exceptionHistory").path("entries");
    String trace = newest.path(0).path("stacktrace").asText("");
    String cause = "";
    for (String line : trace.split("\n", -1)) {
      if (cause.isEmpty() || line.startsWith("Caused by: ")) {
        cause = line.replaceFirst("^Caused by: ", "").strip();
      }
    }
    return cause;
  }

  public void cancel(String id) throws IOException, InterruptedException {
    send(request("/jobs/" + id).method("PATCH", BodyPublishers.noBody()));
  }

  public JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  public JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(TIME_OUT);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() >= 400) {
      throw new IOException(
          "Flink answers " + response.statusCode() + ": " + firstError(response.body()));
    }
    return Json.MAPPER.readTree(response.body().isEmpty() ? "{}" : response.body());
  }

  private static String firstError(String body) {
    String text = body.replace("\\n", "\n");
    return text.lines().findFirst().orElse("");
  }
}
