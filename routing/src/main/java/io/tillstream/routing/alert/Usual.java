package io.tillstream.routing.alert;

/**
 * A rule compares a value with what is usual for its key: value / mean of the last closed windows.
 * Nothing is judged before there were that many with a value.
 *
 * @param windows how many, 1..100
 */
public record Usual(int windows) {}
