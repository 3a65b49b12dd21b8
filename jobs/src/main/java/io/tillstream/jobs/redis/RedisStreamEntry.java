package io.tillstream.jobs.redis;

import io.tillstream.operators.orchestration.ReportMessage;

/**
 * A step along the stream.
 *
 * @param id where reading stands after it
 * @param message what came, or null if only the position became known
 */
record RedisStreamEntry(String id, ReportMessage message) {}
