/** Load for a central: generated bets, agencies of the bench itself, and uploads by real ones. */
@NullMarked
package loteria.bench.load;

import org.jspecify.annotations.NullMarked;
