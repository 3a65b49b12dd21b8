package io.tillstream.routing.simulation;

/** What can be the matter with an agent. */
enum Trouble {
  NONE,
  FAILED,
  STUCK,
  MUTE,
  SLOW,
  ERRORS
}
