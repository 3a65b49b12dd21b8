/**
 * The routes as data: what {@code routes.yaml} says, read and checked.
 *
 * <p>What may come in: the shape and the bounds of a plan. What follows from a plan while the
 * pipeline runs is decided in {@code routing.route}.
 */
package io.tillstream.routing.plan;
