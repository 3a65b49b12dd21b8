/** Asking Flink's REST API for job and checkpoints; optional, bounded, never waited for. */
package io.tillstream.dashboard.flink;
