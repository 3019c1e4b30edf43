/**
 * The programs as they are run, with the kernel's own disks and networks, and with every trouble
 * that can be made on one machine. Beside each case that must lose nothing stand controls that must
 * lose something, or the evidence would be worth nothing. Here is the campaign; the cases are in
 * {@code central}, {@code network} and {@code kafka}, by what they befall.
 */
@NullMarked
package loteria.checks.torture;

import org.jspecify.annotations.NullMarked;
