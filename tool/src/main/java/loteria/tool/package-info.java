/** The commands of {@code loteria} that are for people, one file a command. */
@NullMarked
package loteria.tool;

import org.jspecify.annotations.NullMarked;
