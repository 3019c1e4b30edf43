package loteria.server.ledger;

/** Who a peer has shown itself to be. */
public sealed interface Identity {
  /** Whether it may speak for that agency. */
  boolean mayBe(int agency);

  /**
   * It was not asked: the network is trusted, and a peer is who it says it is. Or it is another
   * central, which carries the connection of an agency that it has let in itself.
   */
  record Trusted() implements Identity {
    @Override
    public boolean mayBe(int agency) {
      return true;
    }
  }

  /** Its certificate names this agency. */
  record Proven(int proven) implements Identity {
    @Override
    public boolean mayBe(int agency) {
      return agency == proven;
    }

    @Override
    public String toString() {
      return "the certificate is that of agency %d".formatted(proven);
    }
  }
}
