package loteria.journal; public final class Nothingjournal { private Nothingjournal() {} }
