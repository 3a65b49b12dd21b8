package io.tillstream.routing.route;

import java.util.List;

/**
 * What came of an input.
 *
 * @param state the state from now on
 * @param decisions what was decided, in order of their epochs; often nothing
 */
public record Step(OrchestratorState state, List<Decision> decisions) {}
