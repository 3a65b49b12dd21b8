/**
 * The watch over published rows: every row's memory in the heap and in keyed state, deadlines by
 * the clock, and what was told before a crash.
 *
 * <p>What may come in: what it takes to run the core in {@code routing.alert} for many keys at
 * once. No judgement of a rule.
 */
package io.tillstream.operators.alerting.watch;
