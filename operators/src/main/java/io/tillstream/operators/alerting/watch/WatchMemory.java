package io.tillstream.operators.alerting.watch;

import io.tillstream.routing.alert.RuleBook;
import java.util.Map;

/**
 * What each subtask leaves in a checkpoint for all subtasks of the next attempt.
 *
 * @param book the rules its memories were judged by
 * @param numbersAbove names of episodes are numbered above it: what they were when the job was
 *     submitted without state
 * @param offsets by partition of the alerts' topic: what was told after this checkpoint stands at
 *     this offset or behind it
 */
public record WatchMemory(RuleBook book, long numbersAbove, Map<Integer, Long> offsets) {}
