package loteria.client.bets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import loteria.lottery.BetRow;
import loteria.lottery.Csv;
import loteria.protocol.Rows;

/** The one bet that the environment says: NOMBRE, APELLIDO, DOCUMENTO, NACIMIENTO and NUMERO. */
public final class OneBet implements BetSource.Opener {
  private static final String SOURCE = "environment";

  /** What the JVM puts where it cannot read the environment in the character set of its locale. */
  private static final char UNREADABLE = '\uFFFD';

  private final byte[] row;

  private OneBet(byte[] row) {
    this.row = row;
  }

  /**
   * The bet that the environment says.
   *
   * @throws BadRowException naming the variable that is not set, or is no such field of a bet
   */
  public static OneBet of(int agency, Map<String, String> environment) throws BadRowException {
    List<String> fields = new ArrayList<>();
    for (BetRow.Field field : BetRow.Field.values()) {
      fields.add(variable(field, environment));
    }
    byte[] row = Csv.rowOf(agency, fields);
    BetRow rules = new BetRow(agency);
    if (rules.check(row, 0, row.length) != row.length) {
      BetRow.Flaw flaw = rules.flaw(row, 0, row.length);
      BetRow.Field field = flaw.field();
      throw new BadRowException(SOURCE, 0, field == null ? "-" : field.name(), flaw.reason());
    }
    return new OneBet(row);
  }

  private static String variable(BetRow.Field field, Map<String, String> environment)
      throws BadRowException {
    String value = environment.get(field.name());
    if (value == null) {
      throw new BadRowException(SOURCE, 0, field.name(), "is not set");
    }
    if (value.indexOf(UNREADABLE) >= 0) {
      throw new BadRowException(
          SOURCE, 0, field.name(), "cannot be read in this locale: set LC_ALL to C.UTF-8");
    }
    return value;
  }

  public String document() {
    return BetRow.document(row, row.length);
  }

  public int number() {
    return BetRow.number(row, row.length);
  }

  @Override
  public BetSource open(boolean careful) {
    return new Source();
  }

  private final class Source implements BetSource {
    private boolean taken;

    @Override
    public void fill(Rows.Collector batch) {
      if (!taken) {
        taken = true;
        boolean added = batch.add(row, 0, row.length);
        assert added;
      }
    }

    @Override
    public void close() {
      // It holds nothing.
    }
  }
}
