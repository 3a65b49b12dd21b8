/**
 * Processes of the local stack: starting one that outlives its starter, finding it again by its pid
 * file, killing it, waiting for it. Knows nothing of Kafka, Redis or Flink. May import the JDK
 * only.
 */
package io.tillstream.local.process;
