package io.tillstream.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Times in seconds, windows of a minute, a time-out of 100 s. */
class CartsTest {
  private final Carts carts = new Carts();
  private final TreeMap<Long, ExpectedRow> rows = new TreeMap<>();

  @Test
  void boughtIsNotAbandoned() {
    event("add_to_cart", 10);
    event("begin_checkout", 50);
    event("purchase", 149);
    count(10_000, 10_000);
    assertThat(row(0).cartsOpened).isEqualTo(1);
    assertThat(row(2).cartsBought).isEqualTo(1);
    assertThat(abandoned()).isZero();
  }

  @Test
  void timePassesAfterTheLastThingDone() {
    event("add_to_cart", 10);
    event("remove_from_cart", 50);
    event("view_item", 100);
    count(150, 150);
    assertThat(row(2).cartsAbandoned).isEqualTo(1);
  }

  @Test
  void notBeforeTheWatermarkGotThere() {
    event("add_to_cart", 50);
    count(149, 149);
    assertThat(abandoned()).isZero();
  }

  @Test
  void betweenTheWatermarksNobodyKnows() {
    event("add_to_cart", 50);
    count(149, 150);
    assertThat(abandoned()).isZero();
    assertThat(row(2).cartsPerhapsAbandoned).isEqualTo(1);
  }

  @Test
  void whatCameAfterwardsProvesNothingBeforeTheWatermark() {
    event("add_to_cart", 0);
    event("purchase", 104);
    count(99, 99);
    assertThat(abandoned()).isZero();
    assertThat(row(1).cartsPerhapsAbandoned).isEqualTo(1);
  }

  @Test
  void exactlyAtTheMomentIsAfterIt() {
    event("add_to_cart", 0);
    event("purchase", 100);
    count(10_000, 10_000);
    assertThat(row(1).cartsAbandoned).isEqualTo(1);
    assertThat(row(1).cartsBought).isZero();
  }

  @Test
  void anAbandonedCartMayOpenAgain() {
    event("add_to_cart", 0);
    event("add_to_cart", 130);
    event("purchase", 140);
    event("remove_from_cart", 150);
    count(10_000, 10_000);
    assertThat(row(0).cartsOpened).isEqualTo(1);
    assertThat(row(1).cartsAbandoned).isEqualTo(1);
    assertThat(row(2).cartsOpened).isEqualTo(1);
    assertThat(row(2).cartsBought).isEqualTo(1);
    assertThat(abandoned()).isEqualTo(1);
  }

  @Test
  void atOneMomentAddingComesBeforeBuying() {
    event("purchase", 10);
    event("add_to_cart", 10);
    count(10_000, 10_000);
    assertThat(row(0).cartsBought).isEqualTo(1);
    assertThat(abandoned()).isZero();
  }

  @Test
  void aPurchaseWithoutCartEndsNone() {
    event("begin_checkout", 5);
    event("purchase", 10);
    count(10_000, 10_000);
    assertThat(rows).isEmpty();
  }

  private void event(String type, long second) {
    carts.add(new InputEvent("e", type, second * 1000, null, "s", null, null, List.of()));
  }

  private void count(long low, long high) {
    carts.count(
        100_000,
        low * 1000,
        high * 1000,
        time -> rows.computeIfAbsent(time / 60_000, minute -> new ExpectedRow()));
  }

  private ExpectedRow row(long minute) {
    return rows.getOrDefault(minute, new ExpectedRow());
  }

  private long abandoned() {
    return rows.values().stream().mapToLong(row -> row.cartsAbandoned).sum();
  }
}
