/** An agency's program: what it does with its bets, its settings and its log lines. */
@NullMarked
package loteria.client;

import org.jspecify.annotations.NullMarked;
