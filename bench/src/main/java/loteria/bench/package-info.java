/** The bench, a program, which runs its parts. */
@NullMarked
package loteria.bench;

import org.jspecify.annotations.NullMarked;
