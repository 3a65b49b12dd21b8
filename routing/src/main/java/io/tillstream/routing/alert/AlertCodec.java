package io.tillstream.routing.alert;

import io.tillstream.routing.codec.Codec;
import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The format of {@link Alert} on the wire and in state. */
public final class AlertCodec implements Codec<Alert> {
  private static final int SHADOW = 1;
  private static final int RESOLVED = 2;

  @Override
  public void write(Alert value, DataOutput out) throws IOException {
    Long resolvedAt = value.resolvedAt();
    out.writeByte((value.shadow() ? SHADOW : 0) | (resolvedAt == null ? 0 : RESOLVED));
    out.writeByte(code(value.status()));
    out.writeByte(code(value.severity()));
    Texts.write(value.alertId(), out);
    Texts.write(value.ruleId(), out);
    Texts.write(value.dimension(), out);
    Texts.write(value.key(), out);
    Texts.write(value.metric(), out);
    DecimalCodec.write(value.value(), out);
    DecimalCodec.write(value.threshold(), out);
    out.writeLong(value.raisedAt());
    Numbers.writeSigned(value.updatedAt() - value.raisedAt(), out);
    if (resolvedAt != null) {
      Numbers.writeSigned(resolvedAt - value.raisedAt(), out);
    }
    Texts.write(value.reason(), out);
    Numbers.writeUnsigned(value.sequence(), out);
    Texts.write(value.webhook(), out);
    Numbers.writeSigned(value.rulesVersion(), out);
  }

  @Override
  public Alert read(DataInput in, int version) throws IOException {
    int flags = in.readUnsignedByte();
    Status status = status(in.readByte());
    Severity severity = severity(in.readByte());
    String alertId = Texts.read(in);
    String ruleId = Texts.read(in);
    String dimension = Texts.read(in);
    String key = Texts.read(in);
    String metric = Texts.read(in);
    var value = DecimalCodec.read(in);
    var threshold = DecimalCodec.read(in);
    long raisedAt = in.readLong();
    return new Alert(
        alertId,
        ruleId,
        status,
        dimension,
        key,
        metric,
        value,
        threshold,
        severity,
        raisedAt,
        raisedAt + Numbers.readSigned(in),
        (flags & RESOLVED) == 0 ? null : (Long) (raisedAt + Numbers.readSigned(in)),
        Texts.read(in),
        (flags & SHADOW) != 0,
        Numbers.readUnsigned(in),
        Texts.read(in),
        Numbers.readSigned(in));
  }

  // These numbers never change, whatever the order of the constants.
  private static int code(Status status) {
    return switch (status) {
      case RAISED -> 1;
      case UPDATED -> 2;
      case RESOLVED -> 3;
    };
  }

  private static Status status(int code) throws IOException {
    return switch (code) {
      case 1 -> Status.RAISED;
      case 2 -> Status.UPDATED;
      case 3 -> Status.RESOLVED;
      default -> throw new IOException("no status has the code " + code);
    };
  }

  private static int code(Severity severity) {
    return switch (severity) {
      case INFO -> 1;
      case WARNING -> 2;
      case CRITICAL -> 3;
    };
  }

  private static Severity severity(int code) throws IOException {
    return switch (code) {
      case 1 -> Severity.INFO;
      case 2 -> Severity.WARNING;
      case 3 -> Severity.CRITICAL;
      default -> throw new IOException("no severity has the code " + code);
    };
  }
}
