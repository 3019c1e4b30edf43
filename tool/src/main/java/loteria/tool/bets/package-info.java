/** The agencies' files of bets, before a central has any: to make them and to check them. */
@NullMarked
package loteria.tool.bets;

import org.jspecify.annotations.NullMarked;
