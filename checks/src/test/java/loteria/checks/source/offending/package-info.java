/** Classes that break the rules of the layers, a rule each: they show that each rule can fail. */
@NullMarked
package loteria.checks.source.offending;

import org.jspecify.annotations.NullMarked;
