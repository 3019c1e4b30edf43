#!/usr/bin/env bash
# JDK 25, TLS 1.3: startHandshake() of a client succeeds although the server requires a certificate and gets none.
#
# In TLS 1.2 the handshake fails. In TLS 1.3 the client is done before the server has looked at its certificate; the refusal
# comes as an alert, with the first read. A program that takes a handshake without an exception for being let in is wrong, and
# a write that follows may fail with a reset before the reason was read. TlsSocket reads before it believes.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

keytool=$(dirname "$java")/keytool
"$keytool" -genkeypair -alias server -keyalg EC -dname CN=localhost -ext san=dns:localhost -keystore "$folder/server.p12" -storepass secret 2>/dev/null
"$keytool" -exportcert -alias server -keystore "$folder/server.p12" -storepass secret -file "$folder/server.cer" 2>/dev/null
"$keytool" -importcert -noprompt -alias server -file "$folder/server.cer" -keystore "$folder/trusted.p12" -storepass secret 2>/dev/null
cat >"$folder/Client.java" <<'END'
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.security.KeyStore;
import javax.net.ssl.*;

class Client {
  static KeyStore store(String file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (FileInputStream in = new FileInputStream(file)) {
      store.load(in, "secret".toCharArray());
    }
    return store;
  }

  public static void main(String[] arguments) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store(arguments[0]), "secret".toCharArray());
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(store(arguments[1]));
    SSLContext serving = SSLContext.getInstance("TLS");
    serving.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
    SSLContext asking = SSLContext.getInstance("TLS");
    asking.init(null, trusted.getTrustManagers(), null); // a client that has no certificate
    for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
      try (SSLServerSocket server =
          (SSLServerSocket) serving.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        server.setNeedClientAuth(true);
        Thread accepting = Thread.startVirtualThread(() -> {
          try (SSLSocket peer = (SSLSocket) server.accept()) {
            peer.getInputStream().read();
          } catch (IOException refused) {
            // that it wants a certificate
          }
        });
        try (SSLSocket client =
            (SSLSocket) asking.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
          client.setEnabledProtocols(new String[] {version});
          step(version, "handshake", () -> client.startHandshake());
          accepting.join();
          step(version, "first read", () -> client.getInputStream().read());
        }
      }
    }
  }

  interface Step {
    void run() throws IOException;
  }

  static void step(String version, String what, Step step) {
    try {
      step.run();
      System.out.println(version + ", " + what + ": no error");
    } catch (IOException failed) {
      System.out.println(version + ", " + what + ": fails");
    }
  }
}
END
run Client "$folder/server.p12" "$folder/trusted.p12" >"$folder/out" 2>&1
seen "$folder/out" <<'END'
TLSv1.2, handshake: fails
TLSv1.2, first read: fails
TLSv1.3, handshake: no error
TLSv1.3, first read: fails
END
