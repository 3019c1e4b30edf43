/**
 * How a central shows what it is doing: the status port, its page, its JSON and its metrics. Knows
 * nothing of the ledger but a {@link loteria.server.status.StatusServer.Source}.
 */
@NullMarked
package loteria.server.status;

import org.jspecify.annotations.NullMarked;
