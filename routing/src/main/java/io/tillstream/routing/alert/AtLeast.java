package io.tillstream.routing.alert;

import java.math.BigDecimal;

/**
 * A rule judges only windows in which this much has come together.
 *
 * @param metric of what
 * @param value the least of it
 */
public record AtLeast(Metric metric, BigDecimal value) {}
