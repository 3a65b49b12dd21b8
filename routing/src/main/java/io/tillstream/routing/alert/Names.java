package io.tillstream.routing.alert;

import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** Names that stand in every memory, as one byte each. The list only ever grows at its end. */
final class Names {
  private static final List<String> KNOWN =
      List.of(
          "primary",
          "backup",
          "views",
          "add_to_carts",
          "removes_from_cart",
          "checkouts",
          "purchases",
          "units",
          "degraded",
          "orders",
          "carts_opened",
          "carts_bought",
          "carts_abandoned",
          "available");

  private Names() {}

  static void write(String name, DataOutput out) throws IOException {
    int at = KNOWN.indexOf(name);
    out.writeByte(at + 1);
    if (at < 0) {
      Texts.write(name, out);
    }
  }

  static String read(DataInput in) throws IOException {
    int code = in.readUnsignedByte();
    if (code > KNOWN.size()) {
      throw new IOException("no name has the code " + code);
    }
    return code == 0 ? Texts.read(in) : KNOWN.get(code - 1);
  }
}
