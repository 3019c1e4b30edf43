/** What was measured: samples, targets, and the table and the file in which they are. */
@NullMarked
package loteria.bench.report;

import org.jspecify.annotations.NullMarked;
