package io.tillstream.local.layout;

/** The local S3's only bucket and the keys that are as good as any other. */
public final class Bucket {
  public static final String NAME = "tillstream";
  public static final String ACCESS_KEY = "tillstream";
  public static final String SECRET_KEY = "tillstream-local";

  private Bucket() {}
}
