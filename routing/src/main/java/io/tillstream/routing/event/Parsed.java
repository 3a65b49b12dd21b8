package io.tillstream.routing.event;

/** What parsing a record yields. */
public sealed interface Parsed {

  /** A checked event. */
  record Accepted(ShopEvent event) implements Parsed {}

  /**
   * A refusal.
   *
   * @param errorClass the stable reason
   * @param error one line naming the field and the bound
   */
  record Rejected(ErrorClass errorClass, String error) implements Parsed {}
}
