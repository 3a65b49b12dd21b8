package io.tillstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.local.layout.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** Files of routes, made of the standard ones that lie in the job's jar. */
final class RouteFiles {
  private RouteFiles() {}

  /**
   * The standard routes, but a return is forgotten after 4 s instead of a minute: faults that tests
   * make one after the other count as the first of their kind, each. Applied as a person would.
   */
  static void forgetReturnsSoon(Shop shop) throws Exception {
    String text = standard().replaceAll("calm_after: \\S+", "calm_after: PT4S");
    Cli.Result result = apply(shop, text);
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().strip()).hasLineCount(2).contains("enrichment").contains("aggregation");
  }

  static Cli.Result apply(Shop shop, String text) throws Exception {
    Path file = Files.writeString(shop.run().path().resolve("routes.yaml"), text);
    return Cli.run(shop.run(), "routes", "apply", file.toString());
  }

  static String standard() throws IOException {
    try (ZipFile jar = new ZipFile(Home.find().jobJar().toFile());
        var in = jar.getInputStream(jar.getEntry("routes.yaml"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
