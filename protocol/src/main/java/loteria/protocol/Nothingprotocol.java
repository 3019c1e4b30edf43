package loteria.protocol; public final class Nothingprotocol { private Nothingprotocol() {} }
