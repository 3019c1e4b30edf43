/** A durable, checksummed log of opaque records in one file (docs/JOURNAL.md). */
@NullMarked
package loteria.journal;

import org.jspecify.annotations.NullMarked;
