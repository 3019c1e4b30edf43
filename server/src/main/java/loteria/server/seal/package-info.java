/** The file of the sealed bets: how it is written, hashed, drawn over, and read for winners. */
@NullMarked
package loteria.server.seal;

import org.jspecify.annotations.NullMarked;
