/** The command line of {@code loteria}, the tool for people, and the commands about it. */
@NullMarked
package loteria.tool;

import org.jspecify.annotations.NullMarked;
