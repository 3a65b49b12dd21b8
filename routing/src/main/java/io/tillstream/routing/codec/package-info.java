/**
 * Binary formats: the {@link io.tillstream.routing.codec.Codec} contract and the pieces codecs are
 * made of.
 *
 * <p>What may come in: encodings that two or more codecs share. A codec itself stands beside the
 * type it writes.
 */
package io.tillstream.routing.codec;
