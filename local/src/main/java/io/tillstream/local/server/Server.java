package io.tillstream.local.server;

import io.tillstream.local.process.ServerProcess;

/** A server of the stack that can be started, and started again on the same data. */
public interface Server {
  /** The name of its process, its log and its pid file. */
  String name();

  /** Starts the process; returns before it serves. */
  ServerProcess launch();

  /** Returns when it serves; throws one clear line if it does not, or if its process ended. */
  void awaitServing(ServerProcess process);
}
