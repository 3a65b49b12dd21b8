/**
 * Data for the shop: made traffic and public data sets, as events and catalog of the contract.
 *
 * <p>Here live the two commands and what both write with. Below: {@code traffic} makes events,
 * {@code imports} reads CSV. What comes in knows the JSON of the contract, never the operators.
 */
package io.tillstream.local.data;
