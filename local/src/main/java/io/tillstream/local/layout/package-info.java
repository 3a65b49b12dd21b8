/**
 * Where things are: the repository, the run directory, ports and addresses, and the JSON files that
 * say so. Pure data and paths. May import the JDK, Jackson and {@code process}.
 */
package io.tillstream.local.layout;
