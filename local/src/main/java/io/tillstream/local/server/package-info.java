/**
 * One class a server: how its configuration is written, how its process is started, when it serves.
 * May import {@code layout}, {@code process} and the servers' clients.
 */
package io.tillstream.local.server;
