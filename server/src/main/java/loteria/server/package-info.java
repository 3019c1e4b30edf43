/** The central: takes bets from the agencies, stores them once, seals them and holds the draw. */
@NullMarked
package loteria.server;

import org.jspecify.annotations.NullMarked;
