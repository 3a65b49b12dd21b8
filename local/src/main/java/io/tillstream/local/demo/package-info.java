/**
 * {@code demo}: the stack, made traffic with a story in it, and a live table of the shop's numbers.
 * {@code Story} is pure: which act is on, in which words; {@code StoryPlayer} does it to a stack.
 * May import every room but {@code cli} and {@code bench}.
 */
package io.tillstream.local.demo;
