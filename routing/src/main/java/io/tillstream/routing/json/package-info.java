/**
 * Small JSON, as reports, decisions and commands are: one object a record, read whole.
 *
 * <p>What may come in: what two or more of these formats share. Events are too many for it and have
 * a parser of their own.
 */
package io.tillstream.routing.json;
