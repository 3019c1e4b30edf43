package loteria.server;

/** What a central that speaks no TLS has to know of it: RFC 8446, section 5.1. */
final class TlsRecord {
  /** The first byte of a connection under TLS. It starts neither frames nor text. */
  static final byte HANDSHAKE = 0x16;

  private TlsRecord() {}

  /** The fatal alert protocol_version, by which a client learns that there is no TLS here. */
  static byte[] noTlsHere() {
    return new byte[] {0x15, 0x03, 0x03, 0, 2, 2, 70};
  }
}
