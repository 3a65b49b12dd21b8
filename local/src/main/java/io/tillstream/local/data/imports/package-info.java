/**
 * Public shop data sets (CSV) as events and catalog of the contract.
 *
 * <p>One class a data set, each a stream over the file: only the catalog is held in memory. A line
 * that breaks a rule of the contract is an {@code ImportException} that names line and field.
 */
package io.tillstream.local.data.imports;
