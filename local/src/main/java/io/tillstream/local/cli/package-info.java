/**
 * {@code bin/tillstream}: one small class a command. A command reads its options, calls the room
 * that does the work and prints. May import every room of this module.
 */
package io.tillstream.local.cli;
