/**
 * The shop's events: what a record may say, how it is read and why it is refused.
 *
 * <p>What may come in: rules of the input contract. Nothing here knows where records come from or
 * what is computed of them.
 */
package io.tillstream.routing.event;
