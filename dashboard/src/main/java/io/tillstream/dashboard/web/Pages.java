package io.tillstream.dashboard.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** The page's files, from the class path, read once. */
final class Pages {
  private static final String ROOT = "/io/tillstream/dashboard/page/";
  private static final String ASSETS = "assets/";
  private static final int SMALL = 1_024;

  // No name begins with a point, so none leads out of the folder.
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,8}");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("md", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"));

  /**
   * A file.
   *
   * @param zipped the same by gzip, null where that is no gain
   */
  record Page(byte[] bytes, byte[] zipped, String type, String tag) {}

  private final Map<String, Page> known = new ConcurrentHashMap<>();

  /**
   * The file at an address.
   *
   * @param path behind the first slash; what lies under {@code assets/} is found without it too
   */
  Optional<Page> find(String path) {
    String name = path.isEmpty() ? "index.html" : path;
    Page page = known.get(name);
    if (page == null && PATH.matcher(name).matches() && type(name) != null) {
      page = read(name);
      if (page == null && name.startsWith(ASSETS)) {
        page = read(name.substring(ASSETS.length()));
      }
      if (page != null) {
        known.put(name, page); // only what is there: as many as there are files
      }
    }
    return Optional.ofNullable(page);
  }

  private static String type(String name) {
    String end = name.substring(name.lastIndexOf('.') + 1);
    return TYPES.get(end.toLowerCase(Locale.ROOT));
  }

  private static Page read(String name) {
    try (InputStream in = Pages.class.getResourceAsStream(ROOT + name)) {
      if (in == null) {
        return null;
      }
      byte[] bytes = in.readAllBytes();
      String type = type(name);
      byte[] zipped = type.startsWith("image/png") || bytes.length < SMALL ? null : zip(bytes);
      return new Page(
          bytes,
          zipped != null && zipped.length < bytes.length ? zipped : null,
          type,
          '"' + hash(bytes) + '"');
    } catch (IOException e) {
      return null;
    }
  }

  private static byte[] zip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
