/**
 * What the commands have in common: their output, wrong usage, the brokers, files of their owner
 * alone.
 */
@NullMarked
package loteria.tool.command;

import org.jspecify.annotations.NullMarked;
