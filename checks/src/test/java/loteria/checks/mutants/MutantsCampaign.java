package loteria.checks.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import loteria.testing.Root;
import org.junit.jupiter.api.Test;

/** `make mutants`. */
final class MutantsCampaign {
  private static final long FIRST_SEED = 1;
  private static final int ROUNDS_MAX = 3_000;
  private static final int CONTROL_ROUNDS = 300;
  private static final Path ROOT = Root.file("");
  private static final Path FOLDER = ROOT.resolve("checks/target/mutants");

  @Test
  void eachDeliberateBugIsCaught() throws IOException {
    System.out.printf("%-52s %8s %8s  %s%n", "what it does wrong", "seed", "rounds", "caught by");
    List<String> survivors = new ArrayList<>();
    for (int i = 0; i < Mutations.ALL.size(); i++) {
      Mutation mutation = Mutations.ALL.get(i);
      Mutant mutant = Mutant.of(mutation, ROOT, FOLDER.resolve(Integer.toString(i)));
      Optional<String> caught =
          mutation.test().isPresent()
              ? mutant.test(mutation.module(), mutation.test().get())
              : mutant.hunt(FIRST_SEED, ROUNDS_MAX);
      print(mutation.name(), caught);
      if (caught.isEmpty()) {
        survivors.add(mutation.name());
      }
    }
    assertThat(survivors).as("bugs that nobody sees").isEmpty();
  }

  /** Or else it would catch anything. */
  @Test
  void nothingIsCaughtWhereNothingIsWrong() throws IOException {
    Mutant none = Mutant.none(ROOT, FOLDER.resolve("none"));
    Optional<String> caught = none.hunt(FIRST_SEED, CONTROL_ROUNDS);
    print("(nothing)", caught);

    assertThat(caught).isEmpty();
    Set<String> done = new HashSet<>();
    for (Mutation mutation : Mutations.ALL) {
      if (mutation.test().isPresent() && done.add(mutation.test().get())) {
        assertThat(none.test(mutation.module(), mutation.test().get()))
            .as(mutation.test().get())
            .isEmpty();
      }
    }
  }

  private static void print(String name, Optional<String> caught) {
    String[] parts = caught.orElse("- - survived").split(" ", 3);
    String reason = parts[2].replaceFirst("^[a-zA-Z.]+\\.([A-Z][a-zA-Z]+): ", "");
    System.out.printf("%-52s %8s %8s  %s%n", name, parts[0], parts[1], reason);
  }
}
