/** An agency: reads its bets, uploads them to the central and learns its winners. */
@NullMarked
package loteria.client;

import org.jspecify.annotations.NullMarked;
