package pharos.config.check.istio;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import pharos.config.resource.Fields;
import pharos.config.resource.Resource;

/** Whether a Secret holds a key and a certificate that is valid now (analysis catalog 5.15). */
final class Credentials {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  private Credentials() {}

  static boolean usable(Resource secret, Instant now) {
    byte[] certificate = pair(secret, "cert", "key");
    if (certificate == null) {
      certificate = pair(secret, "tls.crt", "tls.key");
    }
    return certificate != null && valid(certificate, now);
  }

  private static byte @Nullable [] pair(Resource secret, String certificate, String key) {
    byte[] value = value(secret, certificate);
    return value.length > 0 && value(secret, key).length > 0 ? value : null;
  }

  private static byte[] value(Resource secret, String key) {
    String plain = Fields.text(secret.root(), "stringData", key);
    if (!plain.isEmpty()) {
      return plain.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getMimeDecoder().decode(Fields.text(secret.root(), "data", key));
    } catch (IllegalArgumentException _) {
      return new byte[0];
    }
  }

  private static boolean valid(byte[] pem, Instant now) {
    String text = new String(pem, StandardCharsets.ISO_8859_1);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      return false;
    }
    byte[] first = text.substring(begin, end + END.length()).getBytes(StandardCharsets.ISO_8859_1);
    try {
      var certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(first));
      return !certificates.isEmpty()
          && certificates.stream()
              .map(X509Certificate.class::cast)
              .allMatch(certificate ->
                  !now.isBefore(certificate.getNotBefore().toInstant())
                      && !now.isAfter(certificate.getNotAfter().toInstant()));
    } catch (CertificateException _) {
      return false;
    }
  }
}
