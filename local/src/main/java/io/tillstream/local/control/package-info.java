/**
 * People's commands to the running pipeline: written to the topic {@code control}, answered in
 * {@code route-decisions}, or in {@code control} itself where alert rules are concerned. May import
 * {@code layout}, {@code process}, {@code topics}.
 */
package io.tillstream.local.control;
