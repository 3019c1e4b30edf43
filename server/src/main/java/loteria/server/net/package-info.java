/** The loop: one thread that accepts, reads, has the ledger decide, and writes. */
@NullMarked
package loteria.server.net;

import org.jspecify.annotations.NullMarked;
