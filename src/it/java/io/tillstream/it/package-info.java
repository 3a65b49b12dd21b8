/**
 * The whole product from end to end: each class has a local stack of its own, plays traffic, does
 * harm, and lets the oracle judge. Known here are the contract (topics, JSON, commands), the local
 * stack and the made traffic; nothing of the operators may come in.
 */
package io.tillstream.it;
