/**
 * Dead letters: reading them, each once, and sending their original bytes back. May import {@code
 * layout}, {@code process} and {@code topics}.
 */
package io.tillstream.local.letters;
