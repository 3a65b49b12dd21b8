package io.tillstream.operators.enrichment.lookup;

/** What can be asked of the catalog: one field of one kind of hash. */
public enum LookupKind {
  /** A product's category. */
  CATEGORY("product:", "category"),
  /** A product's title. */
  TITLE("product:", "title"),
  /** A shopper's segment. */
  SEGMENT("user:", "segment");

  private final String prefix;
  private final String field;

  LookupKind(String prefix, String field) {
    this.prefix = prefix;
    this.field = field;
  }

  /** The Redis key of the thing named {@code id}. */
  public String redisKey(String id) {
    return prefix + id;
  }

  /** The field of the Redis hash. */
  public String field() {
    return field;
  }
}
