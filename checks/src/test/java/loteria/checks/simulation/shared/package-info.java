/** The world of several centrals, which share a lottery over brokers. */
@NullMarked
package loteria.checks.simulation.shared;

import org.jspecify.annotations.NullMarked;
