/**
 * Helpers of all tests. They import nothing of the project, so that every module's tests may use
 * them.
 */
@NullMarked
package loteria.testing;

import org.jspecify.annotations.NullMarked;
