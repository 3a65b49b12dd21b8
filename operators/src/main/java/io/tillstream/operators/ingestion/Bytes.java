package io.tillstream.operators.ingestion;

import io.tillstream.routing.codec.Numbers;
import io.tillstream.routing.codec.Texts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Byte strings in binary: 0 for null, else length + 1, then the bytes; and lists of headers. */
final class Bytes {
  private Bytes() {}

  static void write(byte[] bytes, DataOutput out) throws IOException {
    if (bytes == null) {
      Numbers.writeUnsigned(0, out);
      return;
    }
    Numbers.writeUnsigned(bytes.length + 1L, out);
    out.write(bytes);
  }

  static byte[] read(DataInput in) throws IOException {
    long head = Numbers.readUnsigned(in);
    if (head == 0) {
      return null;
    }
    byte[] bytes = new byte[(int) (head - 1)];
    in.readFully(bytes);
    return bytes;
  }

  static void writeHeaders(List<Header> headers, DataOutput out) throws IOException {
    Numbers.writeUnsigned(headers.size(), out);
    for (Header header : headers) {
      Texts.write(header.name(), out);
      write(header.value(), out);
    }
  }

  static List<Header> readHeaders(DataInput in) throws IOException {
    int size = (int) Numbers.readUnsigned(in);
    if (size == 0) {
      return List.of();
    }
    List<Header> headers = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      headers.add(new Header(Texts.read(in), read(in)));
    }
    return headers;
  }
}
