/**
 * Made traffic: a shop with sessions, carts, orders, duplicates, disorder and, when asked for,
 * dirt.
 *
 * <p>Everything follows from a seed and the time it is given; nothing here reads a clock, except
 * {@code LiveTraffic}, which paces a producer by an injected one.
 */
package io.tillstream.local.data.traffic;
