/**
 * The programs themselves, as processes on loopback: what they log, what they leave on disk, how
 * they end. Here is what starts and reads them; the packages below have the tests.
 */
@NullMarked
package loteria.checks.process;

import org.jspecify.annotations.NullMarked;
