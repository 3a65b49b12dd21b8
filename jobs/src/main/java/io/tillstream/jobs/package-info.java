/**
 * The topologies: {@code main} wires them to the world, {@code define} composes them from streams
 * and ports.
 *
 * <p>What may come in: whole jobs. A step of one belongs into the operators.
 */
package io.tillstream.jobs;
