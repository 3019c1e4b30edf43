package loteria.checks.simulation.truth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import loteria.checks.simulation.run.Chance;
import loteria.lottery.Seal;

/**
 * What the agencies have, and what must come of it: sealed and counted naively, without the
 * program's own code.
 */
public final class Truth {
  public static final int NUMBER = 7574;

  private static final List<String> FIRST_NAMES =
      List.of(
          "Ana", "María Ñusta", "José, el «Chino»", "Li \"Oro\"", "#Luz", "Zoë ☼", "\"", ",", "日");
  private static final List<String> LAST_NAMES =
      List.of("Pérez", "", "de la O", "O'Higgins, h.", "\"\"");

  private final List<AgencyFile> files;

  private Truth(List<AgencyFile> files) {
    this.files = List.copyOf(files);
  }

  public static Truth of(Chance chance) {
    int agencies = chance.between(1, 5);
    int crowded = chance.oneIn(12) ? chance.between(1, agencies) : 0;
    List<AgencyFile> files = new ArrayList<>();
    for (int agency = 1; agency <= agencies; agency++) {
      files.add(new AgencyFile(agency == crowded ? winners(chance, agency) : some(chance, agency)));
    }
    return new Truth(files);
  }

  public int agencies() {
    return files.size();
  }

  public AgencyFile file(int agency) {
    return files.get(agency - 1);
  }

  public List<Bet> bets(int agency) {
    return file(agency).bets();
  }

  /** The documents of an agency's winning bets. */
  public List<String> winners(int agency) {
    return bets(agency).stream().filter(bet -> bet.number() == NUMBER).map(Bet::document).toList();
  }

  public long bets() {
    return files.stream().mapToLong(file -> file.bets().size()).sum();
  }

  /** All the bets: of an agency that was closed the first ones, as many as it had stored. */
  private List<Bet> bets(Map<Integer, Integer> closed) {
    List<Bet> bets = new ArrayList<>();
    for (int agency = 1; agency <= agencies(); agency++) {
      List<Bet> file = bets(agency);
      bets.addAll(file.subList(0, closed.getOrDefault(agency, file.size())));
    }
    return bets;
  }

  public long winners(Map<Integer, Integer> closed) {
    return bets(closed).stream().filter(bet -> bet.number() == NUMBER).count();
  }

  /** The bets in the course's format. */
  public byte[] csv(Map<Integer, Integer> closed) {
    StringBuilder rows = new StringBuilder();
    for (Bet bet : bets(closed)) {
      rows.append(bet.row());
    }
    return rows.toString().getBytes(UTF_8);
  }

  public Seal seal(NavigableMap<Integer, Integer> closed) {
    try {
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(csv(closed));
      return new Seal(
          bets(closed).size(),
          HexFormat.of().formatHex(sha256),
          List.copyOf(closed.navigableKeySet()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static List<Bet> some(Chance chance, int agency) {
    int count =
        chance.oneIn(8) ? 0 : chance.oneIn(10) ? chance.between(150, 300) : chance.between(1, 60);
    List<Bet> bets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bets.add(
          new Bet(
              agency,
              chance.oneIn(30) ? "Ñ".repeat(chance.between(60, 127)) : chance.of(FIRST_NAMES),
              chance.oneIn(30) ? "x".repeat(255) : chance.of(LAST_NAMES),
              document(chance),
              LocalDate.EPOCH.plusDays(chance.below(12_000)).toString(),
              chance.oneIn(5) ? NUMBER : chance.below(10_000)));
    }
    return bets;
  }

  /** With leading zeros now and then. */
  private static String document(Chance chance) {
    return "%08d".formatted(chance.below(chance.oneIn(4) ? 1000 : 100_000_000));
  }

  /** More winners than fit a page. */
  private static List<Bet> winners(Chance chance, int agency) {
    List<Bet> bets = new ArrayList<>();
    for (int i = chance.between(400, 900); i > 0; i--) {
      String document = "%020d".formatted(chance.below(Integer.MAX_VALUE));
      bets.add(new Bet(agency, "A", "B", document, "1970-01-01", NUMBER));
    }
    return bets;
  }
}
