package io.tillstream.operators.ingestion;

/**
 * What a checkpoint keeps of the watermark: the one by which a run of shards was judged.
 *
 * @param first the first shard of the run
 * @param last the last one
 * @param watermark epoch milliseconds
 */
public record ShardWatermark(int first, int last, long watermark) {}
