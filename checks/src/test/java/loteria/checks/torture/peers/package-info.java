/**
 * Whoever a case speaks for itself, frame by frame: agencies that remember what they were told, an
 * unruly one with a model of the rules, and a crowd.
 */
@NullMarked
package loteria.checks.torture.peers;

import org.jspecify.annotations.NullMarked;
