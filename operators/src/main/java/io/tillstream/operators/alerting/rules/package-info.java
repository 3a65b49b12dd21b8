/**
 * The rules in force: commands change them, state keeps them, everybody is told.
 *
 * <p>What may come in: what it takes to have one book of rules for the whole job. What a rule is
 * and how one is read stands in {@code routing.alert}.
 */
package io.tillstream.operators.alerting.rules;
