package io.tillstream.operators.figures;

import java.util.Locale;

/** What a row of numbers is about. */
public enum Dimension {
  PRODUCT(1),
  CATEGORY(2),
  SEGMENT(3),
  SHOP(4);

  private final int code;
  private final String text = name().toLowerCase(Locale.ROOT);

  Dimension(int code) {
    this.code = code;
  }

  /** The number in binary formats, 1..4; it never changes. */
  public int code() {
    return code;
  }

  /** The word in the JSON contract. */
  public String text() {
    return text;
  }

  /**
   * The dimension of a binary code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Dimension ofCode(int code) {
    return switch (code) {
      case 1 -> PRODUCT;
      case 2 -> CATEGORY;
      case 3 -> SEGMENT;
      case 4 -> SHOP;
      default -> throw new IllegalArgumentException("no dimension has the code " + code);
    };
  }

  /** The dimension of a contract word, or null. */
  public static Dimension ofText(String text) {
    for (Dimension dimension : values()) {
      if (dimension.text.equals(text)) {
        return dimension;
      }
    }
    return null;
  }
}
