package loteria.checks.source.offending;

import loteria.protocol.Codec;

final class UsesAModuleAbove {
  private UsesAModuleAbove() {}

  // Constants would be copied, and leave no trace in the class file: so types and calls.
  static byte[] uses(loteria.lottery.BetRow rules) {
    return rules.check(new byte[0], 0, 0) == 0
        ? Codec.encode(new loteria.protocol.Message.Pong())
        : new byte[0];
  }
}
