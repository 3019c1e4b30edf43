/**
 * What this machine lends to the cases: disks in trouble, file systems and memory of one's own,
 * programs in C, and how a central is started among them.
 */
@NullMarked
package loteria.checks.torture.machine;

import org.jspecify.annotations.NullMarked;
