/**
 * The view shared by those who fill it and those who show it, and the browsers that follow it: each
 * gets the newest state as fast as it can take it, never a queue. May import {@code view} and
 * nothing that sends.
 */
package io.tillstream.dashboard.live;
