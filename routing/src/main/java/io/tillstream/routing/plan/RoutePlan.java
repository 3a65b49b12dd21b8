package io.tillstream.routing.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The routes, and when they are switched: what a {@code routes.yaml} says.
 *
 * @param text the YAML it was read from
 * @param routes every route, in the order of {@link #ROUTES}
 */
public record RoutePlan(String text, List<PlannedRoute> routes) {
  /** The route of product and shopper look-ups. */
  public static final String ENRICHMENT = "enrichment";

  /** The route of the sums. */
  public static final String AGGREGATION = "aggregation";

  /** Every route there is. */
  public static final List<String> ROUTES = List.of(ENRICHMENT, AGGREGATION);

  private static final String RESOURCE = "/routes.yaml";
  private static final RoutePlan STANDARD = readStandard();

  /** Takes a copy. */
  public RoutePlan {
    routes = List.copyOf(routes);
  }

  /**
   * Reads and checks a plan.
   *
   * @throws PlanException if anything in it is not as it must be
   */
  public static RoutePlan parse(String yaml) throws PlanException {
    return new RoutePlan(yaml, PlanReader.read(yaml));
  }

  /** What holds if nobody says otherwise. */
  public static RoutePlan standard() {
    return STANDARD;
  }

  /** The route of that name, one of {@link #ROUTES}. */
  public PlannedRoute route(String name) {
    return routes.get(ROUTES.indexOf(name));
  }

  /** Short: the text is pages. */
  @Override
  public String toString() {
    return "RoutePlan" + routes;
  }

  private static RoutePlan readStandard() {
    try (InputStream in = RoutePlan.class.getResourceAsStream(RESOURCE)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " is not readable", e);
    } catch (PlanException e) {
      throw new IllegalStateException(RESOURCE + ": " + e.getMessage(), e);
    }
  }
}
