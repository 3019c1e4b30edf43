package loteria.client; public final class Nothingclient { private Nothingclient() {} }
