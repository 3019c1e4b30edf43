package loteria.lottery; public final class Nothinglottery { private Nothinglottery() {} }
