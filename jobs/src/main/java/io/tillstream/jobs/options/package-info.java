/**
 * The job's options: {@code --key value} or a properties file, checked before anything starts.
 *
 * <p>What may come in: keys, defaults, bounds and their error messages.
 */
package io.tillstream.jobs.options;
