/**
 * Carts of visits: opened, bought, abandoned, exact by event time under disorder.
 *
 * <p>{@link io.tillstream.operators.aggregation.carts.Cart} is the core, without Flink; {@link
 * io.tillstream.operators.aggregation.carts.CartOperator} keeps one for each visit that has one.
 * What may come in: what decides when a cart opens and ends. Sums of rows live elsewhere.
 */
package io.tillstream.operators.aggregation.carts;
