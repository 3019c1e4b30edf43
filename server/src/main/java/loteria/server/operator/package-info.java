/** What an operator asks of a central while it runs, and what he is told. */
@NullMarked
package loteria.server.operator;

import org.jspecify.annotations.NullMarked;
