package io.tillstream.operators.orchestration;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The format of the orchestrator's counts in checkpoints. */
public final class OrchestratorCountsCodec implements Codec<OrchestratorCounts> {

  @Override
  public void write(OrchestratorCounts counts, DataOutput out) throws IOException {
    Numbers.writeUnsigned(counts.commands(), out);
    Numbers.writeUnsigned(counts.decisions(), out);
    Numbers.writeUnsigned(counts.rejected(), out);
    Numbers.writeUnsigned(counts.badReports(), out);
  }

  @Override
  public OrchestratorCounts read(DataInput in, int version) throws IOException {
    return new OrchestratorCounts(
        Numbers.readUnsigned(in),
        Numbers.readUnsigned(in),
        Numbers.readUnsigned(in),
        Numbers.readUnsigned(in));
  }
}
