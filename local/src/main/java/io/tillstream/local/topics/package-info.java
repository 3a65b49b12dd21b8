/**
 * Kafka as the commands use it: the topics and their settings, sending files, reading a topic to
 * its end. May import {@code process} and Kafka's client.
 */
package io.tillstream.local.topics;
