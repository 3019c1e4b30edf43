/** Who the other side is: certificates, and connections under TLS. */
@NullMarked
package loteria.tls;

import org.jspecify.annotations.NullMarked;
