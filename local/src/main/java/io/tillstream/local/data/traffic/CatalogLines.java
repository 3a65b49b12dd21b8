package io.tillstream.local.data.traffic;

import io.tillstream.local.data.JsonBytes;
import java.io.IOException;
import java.io.OutputStream;

/** The catalog of the made shop as JSON lines: its products, then its shoppers. */
public final class CatalogLines {
  private CatalogLines() {}

  /** Writes all of it; every 97th product and every 101st shopper stand in no catalog. */
  public static void write(TrafficOptions options, OutputStream out) throws IOException {
    JsonBytes line = new JsonBytes();
    for (int product = 0; product < options.products(); product++) {
      if (ShopWorld.inCatalog(product)) {
        ShopWorld.product(line.reset(), product);
        line.writeLine(out);
      }
    }
    for (int user = 0; user < options.users(); user++) {
      if (ShopWorld.hasProfile(user)) {
        ShopWorld.shopper(line.reset(), user);
        line.writeLine(out);
      }
    }
  }
}
