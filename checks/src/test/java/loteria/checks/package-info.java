/** What the tests across modules share. */
@NullMarked
package loteria.checks;

import org.jspecify.annotations.NullMarked;
