/**
 * The programs themselves, as processes on loopback: what they log, what they leave on disk, how
 * they end.
 */
@NullMarked
package loteria.checks.process;

import org.jspecify.annotations.NullMarked;
