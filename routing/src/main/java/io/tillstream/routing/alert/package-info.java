/**
 * Alert rules and the episodes they lead to: what a rule is and how it is read, which rules are in
 * force, and, for one key at a time, when an alert is raised, updated and resolved.
 *
 * <p>Pure: rows and times come in, alerts and the key's memory go out. What may come in: what
 * judges or tells. Whoever stores the memory, keeps the time or sends an alert lives elsewhere.
 */
package io.tillstream.routing.alert;
