/**
 * Routes: which agent takes the records, who decides, and how routers keep track.
 *
 * <p>What may come in: pure decisions about routes. Sending them about is the operators' part.
 */
package io.tillstream.routing.route;
