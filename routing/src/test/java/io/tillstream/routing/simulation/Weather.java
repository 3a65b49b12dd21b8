package io.tillstream.routing.simulation;

/**
 * How bad a simulated world is. Everything at 0 is a world where nothing happens, so that a failure
 * shrinks to the kind of trouble that causes it.
 *
 * @param seed what all chance comes from
 * @param troubles agents fail, hang, get slow, make errors: 0..10
 * @param losses reports that never arrive: 0..10
 * @param delays reports that arrive late, in another order: 0..10
 * @param duplicates reports that arrive twice: 0..10
 * @param outages times in which no report arrives at all: 0..10
 * @param restores crashes, and older states restored: 0..10
 * @param clockSteps steps of clocks, the orchestrator's and the agents': 0..10
 * @param pauses times in which the orchestrator does not run: 0..10
 * @param commands modes that people set: 0..10
 * @param plans other routes, applied or submitted: 0..10
 */
record Weather(
    long seed,
    int troubles,
    int losses,
    int delays,
    int duplicates,
    int outages,
    int restores,
    int clockSteps,
    int pauses,
    int commands,
    int plans) {}
