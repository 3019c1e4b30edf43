/**
 * The commands of {@code loteria} that are for people: generate, run, close, verify, dump, export.
 */
@NullMarked
package loteria.tool;

import org.jspecify.annotations.NullMarked;
