/**
 * The port through which faults are let into agents, for drills and tests. The job's jar has none:
 * an agent asks for it once, when it opens, and then calls its core directly. Whoever wants faults
 * puts a jar beside the job whose {@code META-INF/services} names a {@code FaultPort}; the user
 * class loader finds it.
 *
 * <p>What may come in: the port. No fault.
 */
package io.tillstream.operators.fault;
