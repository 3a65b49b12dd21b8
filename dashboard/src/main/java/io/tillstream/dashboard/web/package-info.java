/**
 * The dashboard's addresses: page, JSON, WebSocket, health, metrics, and who may see them. May
 * import {@code live}, {@code view}, {@code kafka} for its figures, and the web server.
 */
package io.tillstream.dashboard.web;
