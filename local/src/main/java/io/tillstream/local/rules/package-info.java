/**
 * Alert rules as files, and rehearsals of them over recorded rows. Judges with the very classes the
 * job judges with, and so is the only room here that may import {@code
 * io.tillstream.routing.alert}; else {@code process}, {@code topics}.
 */
package io.tillstream.local.rules;
