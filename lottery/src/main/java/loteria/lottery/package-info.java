/** The domain: bets, the rules by which they are accepted, and the draw. Pure. */
@NullMarked
package loteria.lottery;

import org.jspecify.annotations.NullMarked;
