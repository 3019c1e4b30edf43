package loteria.checks.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.testing.Root;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/entrega}, in a repository made for each test. */
final class EntregaTest {

  @TempDir Path folder;
  private Path repository;

  @BeforeEach
  void makeARepository() throws IOException {
    repository = folder.resolve("repository");
    Root.copy(repository, "bin/entrega");
    git("init", "--quiet", "--initial-branch", "main");
    git("config", "user.name", "A Student");
    git("config", "user.email", "student@example.org");
    Files.writeString(repository.resolve("work.txt"), "work\n");
    commit("the work");
  }

  private String git(Object... arguments) {
    return Command.of("git").and(arguments).in(repository).run().succeeded().output().strip();
  }

  private void commit(String subject) {
    git("add", "--all");
    git("commit", "--quiet", "--message", subject);
  }

  private Outcome entrega() {
    return Command.of("bin/entrega").in(repository).run();
  }

  private void assertRefuses(String reason) {
    String before = git("for-each-ref");
    Outcome outcome = entrega();
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors()).hasLineCount(1).contains(reason);
    assertThat(git("for-each-ref")).isEqualTo(before);
  }

  @Test
  void laysEachBranchOneCommitAheadOfThePresent() {
    String present = git("rev-parse", "HEAD");
    String said = entrega().succeeded().output();
    for (int k = 1; k <= 8; k++) {
      assertThat(git("rev-parse", "ej" + k + "^")).isEqualTo(present);
      assertThat(git("show", "ej" + k + ":.ejercicio")).isEqualTo(String.valueOf(k));
      assertThat(git("diff", "--name-only", "main", "ej" + k)).isEqualTo(".ejercicio");
      assertThat(said).contains("ej" + k + " laid at ");
    }
  }

  @Test
  void leavesTheWorkTreeTheIndexAndTheCurrentBranch() throws IOException {
    String present = git("rev-parse", "HEAD");
    byte[] index = Files.readAllBytes(repository.resolve(".git/index"));
    entrega().succeeded();
    assertThat(git("rev-parse", "main")).isEqualTo(present);
    assertThat(git("symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
    assertThat(git("status", "--porcelain", "--untracked-files=all")).isEmpty();
    assertThat(repository.resolve(".ejercicio")).doesNotExist();
    assertThat(Files.readAllBytes(repository.resolve(".git/index"))).isEqualTo(index);
  }

  /** As git for Windows is set up. */
  @Test
  void aCheckoutThatWantsOtherLineEndsKeepsThoseThatScriptsNeed() throws IOException {
    Root.copy(repository, ".gitattributes");
    commit("the attributes");
    git("config", "core.autocrlf", "true");
    Files.delete(repository.resolve("bin/entrega"));
    git("checkout", "--", "bin/entrega");
    assertThat(Files.readString(repository.resolve("bin/entrega"))).doesNotContain("\r");
    git("rm", "--quiet", ".gitattributes");
    Files.delete(repository.resolve("bin/entrega"));
    git("checkout", "--", "bin/entrega");
    assertThat(Files.readString(repository.resolve("bin/entrega")))
        .as("without them they would not run")
        .contains("\r\n");
  }

  @Test
  void aSecondRunChangesNothing() {
    entrega().succeeded();
    String before = git("for-each-ref");
    assertThat(entrega().succeeded().output().lines())
        .hasSize(8)
        .allMatch(line -> line.matches("ej[1-8] unchanged at \\w+"));
    assertThat(git("for-each-ref")).isEqualTo(before);
  }

  @Test
  void laidBranchesMoveAlong() throws IOException {
    entrega().succeeded();
    Files.writeString(repository.resolve("work.txt"), "more work\n");
    commit("more work");
    assertThat(entrega().succeeded().output()).contains("ej3 moved at ");
    assertThat(git("rev-parse", "ej3^")).isEqualTo(git("rev-parse", "main"));
  }

  @Test
  void refusesChangesThatAreNotCommitted() throws IOException {
    Files.writeString(repository.resolve("work.txt"), "changed\n");
    assertRefuses("not committed");
    git("add", "work.txt");
    assertRefuses("not committed");
    git("reset", "--quiet", "--hard");
    Files.writeString(repository.resolve("forgotten.txt"), "new\n");
    assertRefuses("forgotten.txt");
    Files.writeString(repository.resolve(".gitignore"), "/forgotten.txt\n");
    commit("ignore it");
    entrega().succeeded();
  }

  @Test
  void refusesFromOneOfItsBranches() {
    entrega().succeeded();
    git("switch", "--quiet", "ej5");
    assertRefuses("ej5 is checked out");
  }

  @Test
  void refusesToMoveABranchInUseInAnotherWorkTree() {
    entrega().succeeded();
    git("worktree", "add", "--quiet", folder.resolve("other"), "ej2");
    assertRefuses("ej2 is checked out");
  }

  @Test
  void refusesToTakeAwayCommitsOfSomeoneElse() throws IOException {
    entrega().succeeded();
    git("switch", "--quiet", "ej8");
    Files.writeString(repository.resolve("work.txt"), "mended\n");
    commit("mend it");
    git("switch", "--quiet", "main");
    Files.writeString(repository.resolve("work.txt"), "elsewhere\n");
    commit("go on");
    assertRefuses("ej8 holds commits");
  }
}
