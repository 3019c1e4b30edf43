#!/usr/bin/env bash
# JDK 25, the default X509TrustManager: a certificate that is itself in the trust store is not checked at all.
#
# It is trusted after it has expired, and for a server although it is for signing code only. PKIX leaves it to the user to check
# trust anchors (RFC 5280, 6.1.1 d), and a certificate that is pinned by putting it into the trust store is one. The same
# certificate below a CA is refused. PeerTrust checks dates and use by itself.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

keytool=$(dirname "$java")/keytool
# made NAME ARGUMENT...: a certificate of its own, and a list of trusted ones that has it
made() {
  local name=$1
  shift
  "$keytool" -genkeypair -alias it -keyalg EC -dname CN=localhost -ext san=dns:localhost "$@" -keystore "$folder/$name.p12" -storepass secret 2>/dev/null
  "$keytool" -exportcert -alias it -keystore "$folder/$name.p12" -storepass secret -file "$folder/$name.cer" 2>/dev/null
  "$keytool" -importcert -noprompt -alias it -file "$folder/$name.cer" -keystore "$folder/$name-trusted.p12" -storepass secret 2>/dev/null
}
made valid
made expired -startdate -10d -validity 1
made other-use -ext eku=codeSigning
cat >"$folder/Trust.java" <<'END'
import java.io.FileInputStream;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

class Trust {
  public static void main(String[] arguments) throws Exception {
    for (String name : new String[] {"valid", "expired", "other-use"}) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (FileInputStream in = new FileInputStream(arguments[0] + "/" + name + "-trusted.p12")) {
        store.load(in, "secret".toCharArray());
      }
      X509Certificate certificate = (X509Certificate) store.getCertificate("it");
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      System.out.print(name + ": ");
      try {
        ((X509TrustManager) factory.getTrustManagers()[0])
            .checkServerTrusted(new X509Certificate[] {certificate}, "UNKNOWN");
        System.out.println("trusted");
      } catch (CertificateException refused) {
        System.out.println(refused.getClass().getSimpleName() + ": " + refused.getMessage());
      }
      try {
        certificate.checkValidity();
        System.out.println("  its own checkValidity(): valid");
      } catch (CertificateException refused) {
        System.out.println("  its own checkValidity(): " + refused.getClass().getSimpleName());
      }
    }
  }
}
END
run Trust "$folder" >"$folder/out" 2>&1
seen "$folder/out" <<'END'
valid: trusted
  its own checkValidity(): valid
expired: trusted
  its own checkValidity(): CertificateExpiredException
other-use: trusted
  its own checkValidity(): valid
END
