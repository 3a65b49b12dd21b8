package io.tillstream.operators.alerting.watch;

import io.tillstream.routing.alert.RuleBook;
import java.util.Map;

/**
 * What each subtask leaves in a checkpoint for all subtasks of the next attempt.
 *
 * @param book the rules its memories were judged by
 * @param offsets by partition of the alerts' topic: what was told after this checkpoint stands at
 *     this offset or behind it
 */
public record WatchMemory(RuleBook book, Map<Integer, Long> offsets) {}
