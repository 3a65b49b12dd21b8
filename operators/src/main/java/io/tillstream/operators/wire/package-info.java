/**
 * How operators speak Flink's type system: serializers around codecs, keys for key groups, the
 * frontier of clocks, watermarks behind what waits, totals that outlive a crash.
 *
 * <p>What may come in: Flink plumbing that more than one agent needs. No agent's logic.
 */
package io.tillstream.operators.wire;
