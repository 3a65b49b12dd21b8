package io.tillstream.operators.orchestration;

import io.tillstream.routing.event.ErrorClass;

/**
 * A record of the control topic that is no command.
 *
 * @param message the record as it came
 * @param errorClass the stable reason
 * @param error one line naming the field and the bound
 */
public record RejectedControl(ControlMessage message, ErrorClass errorClass, String error) {}
