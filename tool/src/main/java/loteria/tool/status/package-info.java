/** Shows how a central is doing. */
@NullMarked
package loteria.tool.status;

import org.jspecify.annotations.NullMarked;
