/**
 * A small webhook receiver for people: verifies, counts repeats, shows. May import {@code layout}
 * and {@code process}; knows Standard Webhooks and the alert's JSON, nothing of who sends.
 */
package io.tillstream.local.webhook;
