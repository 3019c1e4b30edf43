package loteria.bench.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import loteria.bench.report.Part;

/**
 * What is to be run.
 *
 * @param parts of the bench
 * @param runs how often what is compared with the floor is measured, the floor as often
 * @param agencyBets how many bets each of the five agencies of a run has
 * @param sizes how many bets the lotteries of the part about size have
 * @param project the folder of the project, whose programs are built
 * @param base the folder of another build of the project, to start beside this one
 * @param disk a folder on the disk to be measured; the project's own if empty
 */
public record Plan(
    Set<Part> parts,
    int runs,
    int agencyBets,
    List<Long> sizes,
    Path project,
    Optional<Path> base,
    Optional<Path> disk) {
  static final Plan DEFAULT =
      new Plan(
          EnumSet.allOf(Part.class),
          5,
          1_000_000,
          List.of(1_000_000L, 10_000_000L),
          Path.of("").toAbsolutePath(),
          Optional.empty(),
          Optional.empty());

  private static final int RUNS_MAX = 100;
  private static final int AGENCY_BETS_MIN = 10_000;
  private static final int AGENCY_BETS_MAX = 10_000_000;
  private static final long SIZE_MIN = 1_000;
  private static final long SIZE_MAX = 1_000_000_000;
  private static final long FULL = 100_000_000;

  public Plan {
    parts = Set.copyOf(parts);
    sizes = List.copyOf(sizes);
    require("runs", runs, 1, RUNS_MAX);
    require("bets", agencyBets, AGENCY_BETS_MIN, AGENCY_BETS_MAX);
    for (long size : sizes) {
      require("size", size, SIZE_MIN, SIZE_MAX);
    }
  }

  /**
   * Reads {@code only=ingest,size runs=5 bets=1000000 size=full base=DIR disk=DIR}, each of which
   * may be missing or empty; the size may also be numbers of bets.
   *
   * @throws IllegalArgumentException saying in one line what is not understood
   */
  public static Plan of(String... words) {
    Plan plan = DEFAULT;
    for (String word : words) {
      String[] parts = word.split("=", 2);
      if (parts.length < 2) {
        throw unknown(word);
      }
      plan = parts[1].isEmpty() ? plan : plan.with(word, parts[0], parts[1]);
    }
    return plan;
  }

  private Plan with(String word, String key, String value) {
    return switch (key) {
      case "only" -> new Plan(partsOf(value), runs, agencyBets, sizes, project, base, disk);
      case "runs" -> new Plan(parts, number(word, value), agencyBets, sizes, project, base, disk);
      case "bets" -> new Plan(parts, runs, number(word, value), sizes, project, base, disk);
      case "size" -> new Plan(parts, runs, agencyBets, sizesOf(word, value), project, base, disk);
      case "base" -> new Plan(parts, runs, agencyBets, sizes, project, folder(word, value), disk);
      case "disk" -> new Plan(parts, runs, agencyBets, sizes, project, base, folder(word, value));
      default -> throw unknown(word);
    };
  }

  private static IllegalArgumentException unknown(String word) {
    return new IllegalArgumentException(
        "'%s' is none of only=PART,PART runs=N bets=N size=full base=DIR disk=DIR".formatted(word));
  }

  private static Set<Part> partsOf(String names) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    for (String name : names.split(",", -1)) {
      try {
        parts.add(Part.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException unknown) {
        throw new IllegalArgumentException(
            "'%s' is no part of %s".formatted(name, EnumSet.allOf(Part.class)), unknown);
      }
    }
    return parts;
  }

  private static List<Long> sizesOf(String word, String value) {
    if (value.equals("full")) {
      return Stream.concat(DEFAULT.sizes.stream(), Stream.of(FULL)).toList();
    }
    return Arrays.stream(value.split(",", -1)).map(digits -> (long) number(word, digits)).toList();
  }

  private static Optional<Path> folder(String word, String value) {
    Path folder = Path.of(value).toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("'%s' is no folder".formatted(word));
    }
    return Optional.of(folder);
  }

  private static int number(String word, String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException wrong) {
      throw new IllegalArgumentException("'%s' is no number".formatted(word), wrong);
    }
  }

  private static void require(String what, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException("%s %d is not %d to %d".formatted(what, value, min, max));
    }
  }
}
