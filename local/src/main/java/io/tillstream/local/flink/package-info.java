/**
 * Talking to Flink as a user does: its REST API, its command-line client, the retained checkpoints
 * in S3. May import {@code layout}, {@code process}, Jackson and the JDK's HTTP client.
 */
package io.tillstream.local.flink;
