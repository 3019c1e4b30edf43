/** The course's own libraries beside ours, over the same inputs. */
@NullMarked
package loteria.checks.originals;

import org.jspecify.annotations.NullMarked;
