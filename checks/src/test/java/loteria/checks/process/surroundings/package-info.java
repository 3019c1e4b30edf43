/**
 * What is around both programs: configuration, locale, standard output, the reader of the log, and
 * the installation.
 */
@NullMarked
package loteria.checks.process.surroundings;

import org.jspecify.annotations.NullMarked;
