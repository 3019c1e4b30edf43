/**
 * The settings of a program: how they are declared, read from flags, environment and file, and
 * told.
 */
@NullMarked
package loteria.runtime.settings;

import org.jspecify.annotations.NullMarked;
