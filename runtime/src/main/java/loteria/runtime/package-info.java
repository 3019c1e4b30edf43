/** What the two programs share: settings, log lines, termination. */
@NullMarked
package loteria.runtime;

import org.jspecify.annotations.NullMarked;
