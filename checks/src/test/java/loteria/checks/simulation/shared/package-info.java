/**
 * Several centrals that share a lottery, in one thread and in virtual time: the program's own
 * rules, codec, sessions, ledgers and seals over a shared log, a group and a network that do their
 * worst. One number determines all that happens.
 */
@NullMarked
package loteria.checks.simulation.shared;

import org.jspecify.annotations.NullMarked;
