package io.tillstream.operators.aggregation.sums;

import java.util.Map;

/**
 * What each subtask leaves in a checkpoint for all subtasks of the next attempt.
 *
 * @param firstKeyGroup the first key group it had
 * @param lastKeyGroup the last one, inclusive
 * @param clock the highest version it had given
 * @param writer the attempt
 * @param watermark its watermark
 * @param offsets by partition of the output: every row published after this checkpoint stands at
 *     this offset or behind it
 */
public record Memory(
    int firstKeyGroup,
    int lastKeyGroup,
    long clock,
    long writer,
    long watermark,
    Map<Integer, Long> offsets) {}
