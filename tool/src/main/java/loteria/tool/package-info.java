/** The commands of {@code loteria} that are for people: generate, run, export. */
@NullMarked
package loteria.tool;

import org.jspecify.annotations.NullMarked;
