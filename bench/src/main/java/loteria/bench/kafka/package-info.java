/** The part about lotteries that several centrals share, with a cluster of its own. */
@NullMarked
package loteria.bench.kafka;

import org.jspecify.annotations.NullMarked;
