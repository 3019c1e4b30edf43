package loteria.runtime; public final class Nothingruntime { private Nothingruntime() {} }
