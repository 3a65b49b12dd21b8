/**
 * Reading the pipeline's output as the contract asks: of each row the highest version, aggregators
 * joined. Pure. May import {@code layout} and Jackson.
 */
package io.tillstream.local.board;
