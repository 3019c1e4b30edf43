/** The wire: frames, messages and their legal order (docs/PROTOCOL.md). Pure. */
@NullMarked
package loteria.protocol;

import org.jspecify.annotations.NullMarked;
