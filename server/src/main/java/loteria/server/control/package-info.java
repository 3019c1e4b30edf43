/** The operator's way to a central: a socket in the data directory. */
@NullMarked
package loteria.server.control;

import org.jspecify.annotations.NullMarked;
