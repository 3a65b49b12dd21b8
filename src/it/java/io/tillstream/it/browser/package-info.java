/**
 * A real browser that looks at the dashboard's page as a reader does. It knows the page's address
 * and its {@code data-} hooks, nothing of the server; whatever the page complains about on its
 * console is kept.
 */
package io.tillstream.it.browser;
