package loteria.checks.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import loteria.testing.Root;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bugs of {@link MutantsCampaign} can still be made. */
final class MutationsTest {
  private static final Path ROOT = Root.file("");

  @TempDir Path folder;

  static Stream<Mutation> mutations() {
    return Mutations.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void appliesOnceAndCompiles(Mutation mutation) throws Exception {
    Mutant.of(mutation, ROOT, folder.resolve("mutant"));

    assertThat(folder.resolve("mutant/classes"))
        .isDirectoryRecursivelyContaining("glob:**/" + mutation.file() + ".class");
    mutation
        .test()
        .ifPresent(test ->
            assertThat(
                    ROOT.resolve(mutation.module())
                        .resolve("src/test/java")
                        .resolve(test.replace('.', '/') + ".java"))
                .exists());
  }

  @Test
  void namesEachBugOnce() {
    assertThat(Mutations.ALL.stream().map(Mutation::name)).doesNotHaveDuplicates();
  }

  @Test
  void findsTextThatIsNotThereOrTwice() throws Exception {
    String source =
        Files.readString(ROOT.resolve("lottery/src/main/java/loteria/lottery/Seal.java"));
    assertThatIllegalStateException()
        .isThrownBy(() -> new Mutation("absent", "lottery", "Seal", "no such", "").applyTo(source))
        .withMessageContaining("this text is not in Seal.java");
    assertThatIllegalStateException()
        .isThrownBy(() -> new Mutation("twice", "lottery", "Seal", "i", "").applyTo(source))
        .withMessageContaining("more than once");
  }
}
