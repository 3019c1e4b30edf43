/** What an agency reads its bets from: a CSV file, a pipe, or the environment. */
@NullMarked
package loteria.client.bets;

import org.jspecify.annotations.NullMarked;
