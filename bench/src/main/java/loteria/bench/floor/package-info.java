/** The floor under the programs: what the disk and loopback take when nothing is checked. */
@NullMarked
package loteria.bench.floor;

import org.jspecify.annotations.NullMarked;
