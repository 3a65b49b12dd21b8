/**
 * Redis's side of the ports: the bus as a stream, and the board of the agents' states.
 *
 * <p>What may come in: adapters that live with a Redis that is slow, silent or gone. The catalog's
 * look-ups are the enrichment's own.
 */
package io.tillstream.jobs.redis;
