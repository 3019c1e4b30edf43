/**
 * What a case is, and how its rounds are judged: what was promised, what is found, and what is lost
 * or doubled.
 */
@NullMarked
package loteria.checks.torture.evidence;

import org.jspecify.annotations.NullMarked;
