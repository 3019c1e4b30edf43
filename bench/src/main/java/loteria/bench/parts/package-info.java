/** The other parts, a class each, and what only one of them needs. */
@NullMarked
package loteria.bench.parts;

import org.jspecify.annotations.NullMarked;
