/**
 * Alerts on their way to people's own systems: the operator that sends webhooks and what it keeps
 * in checkpoints.
 *
 * <p>What may come in: how deliveries enter and leave the topology, and their formats. How one is
 * signed, sent, judged and tried again is decided in {@code sending}, which knows no engine.
 */
package io.tillstream.operators.alerting.webhooks;
