/**
 * The offline oracle: works out from what went in what must have come out, and compares.
 *
 * <p>It shares no code with the pipeline, nor with the data tools, and is written from the contract
 * alone; simple rather than fast. Kafka and the JDK may come in, and Jackson for what came out
 * (what went in is read by a parser of its own, so that no quirk is shared).
 */
package io.tillstream.it.oracle;
