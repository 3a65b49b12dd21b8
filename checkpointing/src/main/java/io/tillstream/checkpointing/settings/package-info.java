/**
 * What the job needs of Flink's configuration, whatever the cluster says.
 *
 * <p>What may come in: settings without which the job's guarantees do not hold. Everything else
 * belongs into {@code flink-conf.yaml}.
 */
package io.tillstream.checkpointing.settings;
