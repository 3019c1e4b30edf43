/**
 * The whole system in one thread and in virtual time: the program's own rules, codec, ledger,
 * journal and files over a disk and a network that do their worst. One number determines all that
 * happens. Here is what runs it, seed by seed; the packages below are what it is made of.
 */
@NullMarked
package loteria.checks.simulation;

import org.jspecify.annotations.NullMarked;
