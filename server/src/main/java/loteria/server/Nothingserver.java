package loteria.server; public final class Nothingserver { private Nothingserver() {} }
