package io.tillstream.jobs.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The one stream, and how far it was read.
 *
 * @param lastId the id of the last entry read, or {@link #END} while no position is known: then
 *     reading begins at the stream's end
 */
record RedisStreamSplit(String lastId) implements SourceSplit {
  static final String END = "$";

  /** Before every entry. */
  static final String BEGIN = "0-0";

  static final RedisStreamSplit NEW = new RedisStreamSplit(END);

  private static final String ID = "stream";

  @Override
  public String splitId() {
    return ID;
  }

  /** The format in checkpoints: the id as text; nothing for no split. */
  static final class Serializer implements SimpleVersionedSerializer<RedisStreamSplit> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(RedisStreamSplit split) {
      return split == null ? new byte[0] : split.lastId().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public RedisStreamSplit deserialize(int version, byte[] bytes) throws IOException {
      if (version != 1) {
        throw new IOException("no format " + version + " of a stream's position is known");
      }
      return bytes.length == 0
          ? null
          : new RedisStreamSplit(new String(bytes, StandardCharsets.US_ASCII));
    }
  }
}
