/**
 * What befalls the central's disk and its process. {@code Lives} has the lives of one central in
 * one data directory.
 */
@NullMarked
package loteria.checks.torture.central;

import org.jspecify.annotations.NullMarked;
