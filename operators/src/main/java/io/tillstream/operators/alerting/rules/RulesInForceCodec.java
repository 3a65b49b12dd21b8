package io.tillstream.operators.alerting.rules;

import io.tillstream.routing.alert.RuleBookCodec;
import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The wire format of {@link RulesInForce}. */
public final class RulesInForceCodec implements Codec<RulesInForce> {
  private static final RuleBookCodec BOOK = new RuleBookCodec();

  @Override
  public void write(RulesInForce value, DataOutput out) throws IOException {
    Texts.write(value.commandId(), out);
    BOOK.write(value.book(), out);
    out.writeLong(value.at());
  }

  @Override
  public RulesInForce read(DataInput in, int version) throws IOException {
    return new RulesInForce(Texts.read(in), BOOK.read(in, 1), in.readLong());
  }
}
