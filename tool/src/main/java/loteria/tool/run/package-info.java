/** The whole lottery on this machine: starts the programs, follows their logs and stops them. */
@NullMarked
package loteria.tool.run;

import org.jspecify.annotations.NullMarked;
