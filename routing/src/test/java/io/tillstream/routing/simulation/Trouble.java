package io.tillstream.routing.simulation;

/** What can be the matter with an agent. */
enum Trouble {
  NONE,
  FAILED,
  STUCK,
  MUTE,
  SLOW,
  ERRORS,
  /** It fails whenever it gets all the records, and is well as soon as it does not. */
  OVERLOAD
}
