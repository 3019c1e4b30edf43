/** What the programs share: exit codes, their end, and text, files and errors made fit to show. */
@NullMarked
package loteria.runtime;

import org.jspecify.annotations.NullMarked;
