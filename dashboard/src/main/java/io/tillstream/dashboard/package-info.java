/**
 * The dashboard: a server of its own that reads the contract's topics and shows them, live, to
 * browsers and programs. It knows topics and JSON, nothing of the pipeline's insides.
 */
package io.tillstream.dashboard;
