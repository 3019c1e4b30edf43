/**
 * The whole system in one thread and in virtual time: the program's own rules, codec, ledger,
 * journal and files over a disk and a network that do their worst. One number determines all that
 * happens.
 */
@NullMarked
package loteria.checks.simulation;

import org.jspecify.annotations.NullMarked;
