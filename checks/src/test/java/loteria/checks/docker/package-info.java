/**
 * The exercises, black-box: on a clone of the last commit, with the branches that {@code
 * bin/entrega} lays, through the generator, the Makefile and {@code docker compose}, seen by their
 * logs.
 */
@NullMarked
package loteria.checks.docker;

import org.jspecify.annotations.NullMarked;
