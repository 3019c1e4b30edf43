/** What the programs reach, beside the floor under them: docs/PERFORMANCE.md. */
@NullMarked
package loteria.bench;

import org.jspecify.annotations.NullMarked;
