/**
 * The identities that tie an operator to its state in a savepoint.
 *
 * <p>What may come in: names that, once released, never change.
 */
package io.tillstream.checkpointing.identity;
