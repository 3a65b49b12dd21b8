package io.tillstream.local.data.imports;

import java.math.BigDecimal;

/**
 * What an import did.
 *
 * @param lines rows read, without the header
 * @param leftOut rows that the data set's rules leave out
 * @param events events written
 * @param items item lines in them
 * @param products products in the catalog
 * @param shoppers shoppers in the catalog
 * @param currency of the two sums
 * @param purchases sum of price x quantity over all purchases
 * @param refunds the same over all refunds
 */
public record ImportSummary(
    long lines,
    long leftOut,
    long events,
    long items,
    long products,
    long shoppers,
    String currency,
    BigDecimal purchases,
    BigDecimal refunds) {

  /** For people. */
  public String text() {
    return """
    %,d lines: %,d events with %,d items; %,d lines left out
    catalog: %,d products, %,d shoppers
    control totals: purchases %s %s, refunds %s %s"""
        .formatted(
            lines,
            events,
            items,
            leftOut,
            products,
            shoppers,
            purchases.toPlainString(),
            currency,
            refunds.toPlainString(),
            currency);
  }
}
