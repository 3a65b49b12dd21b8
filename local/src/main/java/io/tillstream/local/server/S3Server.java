package io.tillstream.local.server;

import io.tillstream.local.layout.Bucket;
import io.tillstream.local.layout.Home;
import io.tillstream.local.layout.Ports;
import io.tillstream.local.layout.RunDirectory;
import io.tillstream.local.process.JavaCommand;
import io.tillstream.local.process.Processes;
import io.tillstream.local.process.ServerProcess;
import io.tillstream.local.process.StackException;
import io.tillstream.local.process.Wait;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** S3Proxy over a folder: {@code run/s3/BUCKET/KEY} is the object's file. */
public final class S3Server implements Server {
  private final Home home;
  private final RunDirectory run;
  private final Ports ports;
  private final Processes processes;

  public S3Server(Home home, RunDirectory run, Ports ports, Processes processes) {
    this.home = home;
    this.run = run;
    this.ports = ports;
    this.processes = processes;
  }

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public ServerProcess launch() {
    Path logback = run.installResource(S3Server.class, "s3-logback.xml");
    Path config = run.conf().resolve("s3proxy.properties");
    RunDirectory.write(
        config,
        String.join(
                "\n",
                List.of(
                    "s3proxy.endpoint=http://127.0.0.1:" + ports.s3(),
                    // It listens on loopback only; checking signatures would buffer every upload.
                    "s3proxy.authorization=none",
                    "jclouds.provider=filesystem-nio2",
                    "jclouds.filesystem.basedir=" + run.s3().toString().replace("\\", "\\\\")))
            + "\n");
    try {
      Files.createDirectories(run.s3().resolve(Bucket.NAME));
    } catch (IOException e) {
      throw new StackException("cannot make the bucket " + Bucket.NAME + ": " + e.getMessage(), e);
    }
    return processes.spawn(
        name(),
        JavaCommand.of(home.serverJars("s3"), "org.gaul.s3proxy.Main")
            .flags("-Xmx256m", "-XX:+UseSerialGC")
            .flags("-Dlogback.configurationFile=" + logback)
            .arguments("--properties", config.toString())
            .words(),
        Map.of());
  }

  @Override
  public void awaitServing(ServerProcess process) {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest list =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + ports.s3() + "/" + Bucket.NAME + "?max-keys=1"))
            .timeout(Duration.ofSeconds(5))
            .build();
    Wait.until(
        Duration.ofSeconds(30),
        "S3 answers on port " + ports.s3(),
        () -> {
          process.requireAlive();
          return http.send(list, BodyHandlers.discarding()).statusCode() == 200;
        });
  }
}
