/** An agency's program: its start, its file, its end, and what it does when it is run again. */
@NullMarked
package loteria.checks.process.agency;

import org.jspecify.annotations.NullMarked;
