package io.tillstream.operators.alerting.webhooks;

/**
 * A webhook to be sent.
 *
 * @param webhookId names the message at its receiver, the same in every attempt and after a restore
 * @param destination the URL as the rule has it
 * @param body what is posted, byte for byte what is signed: UTF-8
 * @param alertId whose order it keeps: what belongs to one alert arrives in the order it came in
 * @param byHand whether a person asked for it: then a destination that was disabled is tried again
 */
@SuppressWarnings("ArrayRecordComponent") // told apart by its id
public record Delivery(
    String webhookId, String destination, byte[] body, String alertId, boolean byHand) {}
