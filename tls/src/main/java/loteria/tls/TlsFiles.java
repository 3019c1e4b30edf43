package loteria.tls;

import java.nio.file.Path;
import java.util.List;

/**
 * What a program needs to show who it is, and to know the other side, in PEM.
 *
 * @param certificate its own certificate, then those that lead from it to the CA, if any
 * @param key the private key of that certificate, as PKCS#8, not encrypted
 * @param ca the certificates that are trusted to have issued the other side's
 */
public record TlsFiles(Path certificate, Path key, Path ca) {
  List<Path> all() {
    return List.of(certificate, key, ca);
  }
}
