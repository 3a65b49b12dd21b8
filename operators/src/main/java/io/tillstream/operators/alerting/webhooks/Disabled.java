package io.tillstream.operators.alerting.webhooks;

/**
 * A destination whose receiver wants no more.
 *
 * @param destination the URL
 * @param since when it said so, in epoch milliseconds
 */
public record Disabled(String destination, long since) {}
