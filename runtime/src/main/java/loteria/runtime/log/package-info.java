/** The log lines of a program: their layouts, and the buffer that a stalled reader cannot stop. */
@NullMarked
package loteria.runtime.log;

import org.jspecify.annotations.NullMarked;
