/**
 * How a webhook is signed, sent, judged and tried again; no engine in it.
 *
 * <p>What may come in: decisions about one attempt and about the queue of one destination, and the
 * HTTP client behind them. One thread decides; only the client has threads of its own.
 */
package io.tillstream.operators.alerting.webhooks.sending;
