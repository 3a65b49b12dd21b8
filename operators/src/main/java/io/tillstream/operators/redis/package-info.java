/**
 * Redis as an address, for whoever connects.
 *
 * <p>What may come in: what every client of Redis needs alike. What is asked of it is others'
 * affair.
 */
package io.tillstream.operators.redis;
