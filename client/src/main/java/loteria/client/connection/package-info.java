/**
 * How an agency comes to a central and speaks with it: addresses, attempts, cancellation, frames.
 */
@NullMarked
package loteria.client.connection;

import org.jspecify.annotations.NullMarked;
