package io.tillstream.routing.alert;

import java.util.List;

/**
 * What came of a row, a tick or a change.
 *
 * @param memory the key's memory from now on; the same object if nothing changed
 * @param alerts what is to be said, in this order; nearly always nothing
 */
public record Step(KeyMemory memory, List<Alert> alerts) {}
