/** Tests of the source itself: how it is laid out, and what may use what. */
@NullMarked
package loteria.checks.source;

import org.jspecify.annotations.NullMarked;
