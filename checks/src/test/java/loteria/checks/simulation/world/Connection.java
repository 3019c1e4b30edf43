package loteria.checks.simulation.world;

/** A connection between an agency and the central: two wires that share their fate. */
public final class Connection {
  private final Wire toCentral;
  private final Wire toAgency;

  Connection(World world, Wire.Reader central, Wire.Reader agency) {
    toCentral = new Wire(world, central);
    toAgency = new Wire(world, agency);
  }

  void sendToCentral(byte[] bytes) {
    send(bytes, toCentral, toAgency);
  }

  void sendToAgency(byte[] bytes) {
    send(bytes, toAgency, toCentral);
  }

  /** Who sends to somebody that has closed is told so, by a reset. */
  private static void send(byte[] bytes, Wire there, Wire back) {
    if (there.isUnread()) {
      back.end();
    } else {
      there.send(bytes);
    }
  }

  /** The central says no more, and goes on reading. */
  void endToAgency() {
    toAgency.end();
  }

  /** The agency's side is closed, by its program or by the system when that dies. */
  void closeByAgency() {
    toCentral.end();
    toAgency.leaveUnread();
  }

  /** The central's side is closed, by its program or by the system when that dies. */
  void closeByCentral() {
    toAgency.end();
    toCentral.leaveUnread();
  }

  /** Reset by something in between. */
  public void cut() {
    toCentral.cut();
    toAgency.cut();
  }

  /** Nothing arrives any more, and nobody is told. */
  void swallow(boolean toTheCentral, boolean toTheAgency) {
    if (toTheCentral) {
      toCentral.swallow();
    }
    if (toTheAgency) {
      toAgency.swallow();
    }
  }
}
