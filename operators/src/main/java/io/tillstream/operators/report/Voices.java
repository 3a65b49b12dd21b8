package io.tillstream.operators.report;

import io.tillstream.routing.agent.AgentVoice;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/** Voices of operators. */
public final class Voices {

  private Voices() {}

  /** The voice of a part of an agent, in this task and by its clock. */
  public static AgentVoice of(
      String agent, String part, TaskInfo task, ProcessingTimeService time) {
    return new AgentVoice(
        agent,
        part,
        task.getIndexOfThisSubtask(),
        task.getNumberOfParallelSubtasks(),
        time.getClock()::absoluteTimeMillis);
  }
}
