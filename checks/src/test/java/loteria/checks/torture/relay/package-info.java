/**
 * What stands between agencies and a central: it hears what is promised, and does mischief to
 * frames.
 */
@NullMarked
package loteria.checks.torture.relay;

import org.jspecify.annotations.NullMarked;
