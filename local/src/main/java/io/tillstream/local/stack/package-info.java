/**
 * The whole: what is started in which order, what belongs to a job's start, how all of it is
 * stopped again. {@link io.tillstream.local.stack.LocalStack} is the way in, also for tests. May
 * import everything but {@code cli}, {@code demo} and {@code bench}.
 */
package io.tillstream.local.stack;
