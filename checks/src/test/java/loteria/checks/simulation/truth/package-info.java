/**
 * What the agencies have, what must come of it, and what a journal holds: all by the documents
 * alone, without the program's own code.
 */
@NullMarked
package loteria.checks.simulation.truth;

import org.jspecify.annotations.NullMarked;
