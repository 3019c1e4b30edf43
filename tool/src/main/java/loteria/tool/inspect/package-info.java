/** Reads what a lottery has stored and proves it: never changes it, and needs no central. */
@NullMarked
package loteria.tool.inspect;

import org.jspecify.annotations.NullMarked;
