/**
 * The speed report: capacity of the pipeline over its limit, and bypassed over enriched, on a stack
 * of its own, the result checked. May import every room but {@code cli} and {@code demo}'s screen.
 */
package io.tillstream.local.bench;
