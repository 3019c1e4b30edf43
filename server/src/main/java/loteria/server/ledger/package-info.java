/**
 * The ledger: decides what agencies ask for, makes it durable, and only then answers. It opens no
 * socket, starts no thread and reads no clock.
 */
@NullMarked
package loteria.server.ledger;

import org.jspecify.annotations.NullMarked;
