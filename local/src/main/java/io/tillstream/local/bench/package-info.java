/**
 * The speed report, on a stack of its own, the result checked: capacity of the pipeline over its
 * limit, bypassed over enriched; latency to the dashboard's clients and to webhooks beside a steady
 * open loop, delays kept in histograms. May import every room but {@code cli} and {@code demo}'s
 * screen.
 */
package io.tillstream.local.bench;
