/**
 * {@code demo}: the stack, made traffic, and a live table of the shop's numbers. The board is pure
 * folding of {@code shop-metrics} and {@code shop-trending}. May import every room but {@code cli}
 * and {@code bench}.
 */
package io.tillstream.local.demo;
