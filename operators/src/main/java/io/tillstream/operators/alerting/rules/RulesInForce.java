package io.tillstream.operators.alerting.rules;

import io.tillstream.routing.alert.RuleBook;

/**
 * What is said of the rules: on each change, at the start, and now and then.
 *
 * @param commandId the command that changed them, or null
 * @param book the rules
 * @param at epoch milliseconds
 */
public record RulesInForce(String commandId, RuleBook book, long at) {}
