/**
 * Rows of {@code shop-metrics} as the contract asks a reader to keep them: of each the highest
 * version, aggregators joined, money exact; and histories of them that stay bounded whatever comes.
 * Pure. May import Jackson.
 */
package io.tillstream.dashboard.rows;
