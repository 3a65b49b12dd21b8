/**
 * The router: which way events go, by decisions that are broadcast to every subtask.
 *
 * <p>What may come in: the routes' outputs and the memory of decisions. Who decides, and what
 * happens on a route, is others' affair.
 */
package io.tillstream.operators.router;
