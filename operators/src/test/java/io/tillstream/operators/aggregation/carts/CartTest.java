package io.tillstream.operators.aggregation.carts;

import static io.tillstream.routing.event.EventType.ADD_TO_CART;
import static io.tillstream.routing.event.EventType.BEGIN_CHECKOUT;
import static io.tillstream.routing.event.EventType.PURCHASE;
import static io.tillstream.routing.event.EventType.REMOVE_FROM_CART;
import static io.tillstream.routing.event.EventType.VIEW_ITEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tillstream.operators.aggregation.carts.NaiveCarts.Signal;
import io.tillstream.operators.aggregation.carts.NaiveCarts.Tally;
import io.tillstream.routing.event.EventType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CartTest {
  private static final CartRules RULES = new CartRules(30, 10, 10);
  private static final long NO_TIME = Long.MIN_VALUE;

  private final Tally tally = new Tally(RULES);
  private final Cart cart = new Cart(RULES);

  private void add(EventType type, long time) {
    cart.add(type, time, NO_TIME, tally);
  }

  @Test
  void opensWithTheFirstAddAndEndsBought() {
    add(ADD_TO_CART, 5);
    add(ADD_TO_CART, 12);
    add(PURCHASE, 25);
    cart.advance(1000, tally);
    assertThat(tally.counts()).isEqualTo(Map.of(0L, List.of(1, 0, 0), 20L, List.of(0, 1, 0)));
    assertThat(cart.isOver()).isTrue();
  }

  @Test
  void isAbandonedInTheWindowOfTheMomentAndOnlyWhenTimeHasPassed() {
    add(ADD_TO_CART, 5);
    add(REMOVE_FROM_CART, 20);
    add(BEGIN_CHECKOUT, 34);
    cart.advance(63, tally);
    assertThat(tally.counts()).isEqualTo(Map.of(0L, List.of(1, 0, 0)));
    cart.advance(64, tally);
    assertThat(tally.counts()).isEqualTo(Map.of(0L, List.of(1, 0, 0), 60L, List.of(0, 0, 1)));
  }

  @Test
  void anEventAtTheVeryMomentComesAfterTheAbandonment() {
    add(ADD_TO_CART, 5);
    add(PURCHASE, 35);
    add(ADD_TO_CART, 35 + 1);
    add(ADD_TO_CART, 66);
    cart.advance(200, tally);
    assertThat(tally.counts())
        .isEqualTo(
            Map.of(
                0L, List.of(1, 0, 0),
                30L, List.of(1, 0, 1),
                60L, List.of(1, 0, 1),
                90L, List.of(0, 0, 1)));
  }

  @Test
  void withinOneMomentAPurchaseComesLast() {
    add(PURCHASE, 7);
    add(ADD_TO_CART, 7);
    assertThat(tally.counts()).isEqualTo(Map.of(0L, List.of(1, 1, 0)));
  }

  @Test
  void aLateSignalTakesBackACountedAbandonment() {
    add(ADD_TO_CART, 5);
    cart.advance(35, tally);
    assertThat(tally.counts()).containsEntry(30L, List.of(0, 0, 1));
    cart.add(BEGIN_CHECKOUT, 34, 35, tally);
    assertThat(tally.counts()).isEqualTo(Map.of(0L, List.of(1, 0, 0)));
    cart.advance(64, tally);
    assertThat(tally.counts()).containsEntry(60L, List.of(0, 0, 1));
  }

  @Test
  void whatNeverOpensLeavesNothing() {
    add(VIEW_ITEM, 3);
    assertThat(cart.isOver()).isTrue();
    add(PURCHASE, 3);
    add(REMOVE_FROM_CART, 4);
    assertThat(cart.isOver()).isFalse();
    assertThat(cart.due()).isEqualTo(19);
    cart.advance(18, tally);
    assertThat(cart.isOver()).isFalse();
    cart.advance(19, tally);
    assertThat(cart.isOver()).isTrue();
    assertThat(cart.due()).isEqualTo(CartRules.NEVER);
    assertThat(tally.counts()).isEmpty();
  }

  @Test
  void theEndOfAllInputEndsEveryCart() {
    add(ADD_TO_CART, 5);
    cart.advance(Long.MAX_VALUE, tally);
    assertThat(tally.counts()).containsEntry(30L, List.of(0, 0, 1));
    assertThat(cart.isOver()).isTrue();
  }

  @Test
  void aBusyVisitStaysSmall() {
    for (int time = 0; time < 100_000; time++) {
      cart.add(ADD_TO_CART, time, time - 5L, tally);
      cart.add(ADD_TO_CART, time, time - 5L, tally);
    }
    assertThat(cart.history(0).signals()).hasSizeLessThan(30);
    assertThat(tally.counts()).isEqualTo(Map.of(0L, List.of(1, 0, 0)));
  }

  @Test
  void theBoundsOfTheRulesAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CartRules.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ZERO))
        .withMessage("cart timeout must be above 0 ms, not 0");
    assertThatIllegalArgumentException().isThrownBy(() -> new CartRules(1, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new CartRules(1, 1, -1));
  }

  /**
   * Signals in a disorder bounded as upstream bounds it, restored now and then, woken only when due
   * (and not always at once): after every step what was told must be what the contract says of all
   * signals so far.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void equalsTheFoldOverAllSignalsAtEveryStep(long seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      CartRules rules =
          new CartRules(1 + random.nextInt(40), 1 + random.nextInt(12), random.nextInt(15));
      int gap = 1 + random.nextInt(15);
      int disorder = random.nextInt(60);
      Tally tally = new Tally(rules);
      Cart cart = new Cart(rules);
      List<Signal> taken = new ArrayList<>();
      long watermark = NO_TIME;
      long timer = CartRules.NEVER;
      long newest = 1_000;
      for (int step = 0; step < 60; step++) {
        newest += random.nextInt(gap);
        long time = newest - random.nextInt(disorder + 1);
        if (time >= rules.horizon(watermark)) {
          Signal signal = new Signal(time, type(random));
          taken.add(signal);
          cart.add(signal.type(), time, watermark, tally);
          assertThat(cart.due()).isGreaterThan(watermark);
          timer = Math.min(timer, cart.due());
        }
        if (random.nextInt(3) == 0) {
          watermark = Math.max(watermark, newest - random.nextInt(disorder + 1));
          if (timer <= watermark) {
            cart.advance(watermark, tally);
            timer = cart.due();
            assertThat(timer).isGreaterThan(watermark);
          }
        }
        if (random.nextInt(8) == 0) {
          cart = new Cart(rules, throughTheCodec(cart.history(timer)));
        }
        assertThat(tally.counts())
            .as("round %d step %d", round, step)
            .isEqualTo(NaiveCarts.outcomes(taken, rules, watermark));
      }
      while (!cart.isOver()) {
        assertThat(timer).isGreaterThan(watermark).isNotEqualTo(CartRules.NEVER);
        watermark = timer;
        cart.advance(watermark, tally);
        timer = cart.due();
      }
      assertThat(timer).isEqualTo(CartRules.NEVER);
      assertThat(tally.counts()).isEqualTo(NaiveCarts.outcomes(taken, rules, Long.MAX_VALUE));
    }
  }

  private static EventType type(Random random) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> ADD_TO_CART;
      case 2 -> REMOVE_FROM_CART;
      case 3 -> BEGIN_CHECKOUT;
      default -> PURCHASE;
    };
  }

  private static CartHistory throughTheCodec(CartHistory history) throws IOException {
    CartHistoryCodec codec = new CartHistoryCodec();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(history, new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    CartHistory read = codec.read(in, codec.version());
    assertThat(in.read()).isEqualTo(-1);
    assertThat(read).isEqualTo(history).hasSameHashCodeAs(history);
    return read;
  }
}
