/**
 * All that the dashboard shows, folded from the topics' messages, and the messages to browsers made
 * of it: what changed since a number. Pure: time is given, nothing waits, nothing is sent. May
 * import {@code rows}, {@code agents} and Jackson.
 */
package io.tillstream.dashboard.view;
