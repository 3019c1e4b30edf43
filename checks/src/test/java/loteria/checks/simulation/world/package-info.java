/**
 * What the world of one central and that of several have in common: machines, programs of centrals
 * and agencies, connections, the operator, troubles, and the judge.
 */
@NullMarked
package loteria.checks.simulation.world;

import org.jspecify.annotations.NullMarked;
