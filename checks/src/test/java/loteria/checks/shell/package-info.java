/**
 * Tests of what stands at the root of the project: scripts, launchers, Makefile. None of them needs
 * Docker.
 */
@NullMarked
package loteria.checks.shell;

import org.jspecify.annotations.NullMarked;
