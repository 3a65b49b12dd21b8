/**
 * Reading the contract's topics: who looks where they begin and end, and who follows them without a
 * group from a bounded past. Both live on while Kafka is away. May import {@code live}, {@code
 * view} and the Kafka client.
 */
package io.tillstream.dashboard.kafka;
