package loteria.checks.torture.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import loteria.checks.Bets;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.checks.torture.peers.SpokenFile;
import loteria.checks.torture.peers.UnrulyAgency;

/** Two agencies say valid frames in any order beside one that uploads as it should. */
final class UnrulyAgencies implements Case {
  private static final int MOVES = 600;

  @Override
  public Title title() {
    return Title.of("late, repeated, illegal messages, by the rules", "21-24,26,40");
  }

  @Override
  public Evidence round(Path folder, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<String>> files =
        List.of(
            Bets.rows(1, 100 + random.nextInt(300), 2),
            Bets.rows(2, 100 + random.nextInt(300), 0),
            Bets.rows(3, 900, 1),
            Bets.rows(4, 50, 1));
    try (NetworkRound round = NetworkRound.in(folder, files)) {
      Running central = round.central();
      Running third = round.agency(3, "--batch-max-amount", "1");
      central.await("apuesta_recibida", "success");
      Set<UnrulyAgency.Move> made = EnumSet.noneOf(UnrulyAgency.Move.class);
      try (UnrulyAgency one = unruly(1, files, round, random);
          UnrulyAgency two = unruly(2, files, round, random)) {
        for (int i = 0; i < MOVES; i++) {
          UnrulyAgency agency = random.nextInt(2) == 0 ? one : two;
          agency.move();
        }
        made.addAll(one.made().keySet());
        made.addAll(two.made().keySet());
      }
      assertThat(made).containsExactlyInAnyOrder(UnrulyAgency.Move.values());
      assertThat(central.lines("sorteo", "success")).isEmpty();
      assertThat(third.lines("connect", "in_progress")).as("disturbed").isEmpty();
      // Their own programs finish what was begun; the fourth comes only now, so that none drew.
      List<Running> agencies = new ArrayList<>(round.agencies(2));
      agencies.add(third);
      agencies.add(round.agency(4));
      return round.evidence(agencies);
    }
  }

  private static UnrulyAgency unruly(
      int agency, List<List<String>> files, NetworkRound round, SplittableRandom random) {
    SpokenFile file = new SpokenFile(agency, files.get(agency - 1));
    return new UnrulyAgency(round.programs().port(), file, round.promises(), random.split());
  }
}
