/**
 * Kafka's side of the ports: topics, sources, sinks, reports, and the reading of our own output.
 *
 * <p>What may come in: adapters. What they carry is decided in the operators.
 */
package io.tillstream.jobs.kafka;
