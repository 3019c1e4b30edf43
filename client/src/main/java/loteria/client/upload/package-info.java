/**
 * One session of an agency with the central, from its Hello to its winners, without a connection.
 */
@NullMarked
package loteria.client.upload;

import org.jspecify.annotations.NullMarked;
