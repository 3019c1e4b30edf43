/** Where the bench works: a folder, and the programs that it starts and listens to. */
@NullMarked
package loteria.bench.lab;

import org.jspecify.annotations.NullMarked;
