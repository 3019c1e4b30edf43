package loteria.tool.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import loteria.journal.DataDirectory;
import loteria.journal.ForeignFileException;
import loteria.journal.Recovery;
import loteria.lottery.ClosingReason;
import loteria.lottery.Count;
import loteria.lottery.Lottery;
import loteria.lottery.Visible;
import loteria.protocol.Decoded;
import loteria.protocol.Message;
import loteria.protocol.Rows;
import loteria.runtime.ExitCode;
import loteria.tool.command.Brokers;
import loteria.tool.command.ToolCommand;
import loteria.tool.command.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code loteria dump}: a journal for human eyes, a line a record, of columns that are never empty.
 *
 * <pre>
 *       offset   record kind    agency      first       last      count checksum  bytes
 *           40        1 batch        1          0         98         99 8c3d1f00   4211
 *         4253        2 finish       1          -          -         99 8c3d1f00     22
 *         4277        3 closed       2          -          -          0 -            26 reason no llegó
 *         4305        4 sealed       -          -          -         99 -            58 sha256 … without 2 at …
 *         4365        5 drawn        -          -          -          1 -            26 number 7574 at …
 * </pre>
 */
@Command(
    name = "dump",
    description = {
      "Shows a journal, one line a record: where it is, what it is, whose, which bets, and its"
          + " checksum.",
      "Read-only; safe while a central is running. If the journal is damaged, it shows all that"
          + " precedes the damage, then exits 1 with its offset."
    },
    showDefaultValues = true,
    footer = {
      "",
      "Example: what agency 3 has sent, from offset 100000 on",
      "  loteria dump --agency 3 --from 100000 datos/today",
      "",
      "With --kafka it is the journal that loteria kafka save would write now: the partitions of"
          + " the bets one after the other.",
      "",
      "Exit codes: 0 shown, 1 the journal is damaged or cannot be read, 2 wrong usage, 69 no broker"
          + " answers."
    })
public final class DumpCommand extends ToolCommand {
  private static final Pattern RANGE = Pattern.compile("[0-9]{1,18}(-[0-9]{0,18})?|-[0-9]{1,18}");
  private static final String COLUMNS = "%12s %8s %-8s %6s %10s %10s %10s %-8s %6s%s";

  @Option(names = "--from", paramLabel = "OFFSET", description = "The first offset of a record.")
  private long from = 0;

  @Option(
      names = "--to",
      paramLabel = "OFFSET",
      description = "The last offset of a record; without it, the end.")
  private @Nullable Long to;

  @Option(
      names = "--agency",
      paramLabel = "N",
      description = "Only what this agency, 1 to 65535, has sent.")
  private @Nullable Integer agency;

  @Option(
      names = "--records",
      paramLabel = "A-B",
      description = "Only records A to B, counted from 1.")
  private @Nullable String records;

  @Option(names = "--bets", description = "Each bet too: personal data.")
  private boolean bets;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      showDefaultValue = Help.Visibility.NEVER,
      description = "The journal, or the data directory that has it; or else --kafka.")
  private @Nullable Path file;

  @Mixin private final Brokers brokers = new Brokers();

  private long number; // of the record that is shown
  private @Nullable DisagreementException firstUnreadable;

  /** Both ends included. */
  private record Range(long from, long to) {
    boolean contains(long number) {
      return number >= from && number <= to;
    }

    /** A range as people write it: {@code 3-7}, {@code 3-}, {@code -7} or {@code 3}. */
    static Range parse(String what, String text) throws UsageException {
      if (RANGE.matcher(text).matches()) {
        String[] ends = text.split("-", 2);
        long first = end(ends[0], 0);
        long last = end(ends[ends.length - 1], Long.MAX_VALUE);
        if (first <= last) {
          return new Range(first, last);
        }
      }
      throw new UsageException(
          "%s of '%s' is not a range such as 3-7, 3-, -7 or 3".formatted(what, text));
    }

    private static long end(String digits, long open) {
      return digits.isEmpty() ? open : Long.parseLong(digits);
    }
  }

  @Override
  public Integer call() throws UsageException, IOException {
    long last = to == null ? Long.MAX_VALUE : to;
    if (from < 0 || last < from) {
      throw new UsageException("from %d to %d is no range of offsets".formatted(from, last));
    }
    Range offsets = new Range(from, last);
    Range numbers =
        records == null ? new Range(0, Long.MAX_VALUE) : Range.parse("records", records);
    UsageException.requireWithin("agency", agency, 1, Lottery.AGENCIES_MAX);
    try (Source source = Source.open("FILE", file, brokers)) {
      warn(source.undecided());
      Path journal = source.directory().resolve(DataDirectory.JOURNAL);
      dump(Files.exists(journal) ? journal : source.directory(), offsets, numbers);
    }
    return ExitCode.DONE;
  }

  private void dump(Path journalFile, Range offsets, Range numbers) throws IOException {
    try (JournalFile journal = JournalFile.open(journalFile)) {
      Recovery found =
          journal.read(entry -> {
            if (number == 0) {
              header();
            }
            number++;
            if (firstUnreadable == null && entry.content() instanceof Decoded.Malformed) {
              firstUnreadable = entry.unreadable();
            }
            if (offsets.contains(entry.offset())
                && numbers.contains(number)
                && (agency == null || agency == entry.agency())) {
              print(entry);
            }
          });
      finish(found);
    } catch (ForeignFileException foreign) {
      throw new IOException(journalFile + ": " + foreign.getMessage(), foreign);
    }
  }

  private void header() {
    line(
        COLUMNS,
        "offset",
        "record",
        "kind",
        "agency",
        "first",
        "last",
        "count",
        "checksum",
        "bytes",
        "");
  }

  private void print(JournalFile.Entry entry) {
    switch (entry.content()) {
      case Message.Batch(_, long first, Rows rows) -> {
        long last = first + rows.count() - 1;
        print(entry, "batch", first, last, rows.count(), "%08x".formatted(rows.checksum()), "");
        if (bets) {
          printRows(first, rows);
        }
      }
      case Message.Finish(_, long total, int checksum) ->
          print(entry, "finish", "-", "-", total, "%08x".formatted(checksum), "");
      case Message.Closed(_, long stored, ClosingReason reason) ->
          print(entry, "closed", stored, " reason " + Visible.text(reason.toString()));
      case Message.Sealed(var seal, var at) -> {
        String without = seal.closed().isEmpty() ? "" : " without " + inOneWord(seal.closed());
        print(entry, "sealed", seal.bets(), " sha256 " + seal.sha256() + without + " at " + at);
      }
      case Message.Drawn(int drawn, long winners, var at) ->
          print(entry, "drawn", winners, " number " + drawn + " at " + at);
      case Message.Announced(int agencies, int partitions, var topics) -> {
        String detail = " partitions %d topics %s".formatted(partitions, inOneWord(topics));
        print(entry, "lottery", agencies, detail);
      }
      case Decoded.Malformed malformed -> print(entry, "unknown", "-", " " + malformed.reason());
      case Message other -> throw new AssertionError(other);
    }
  }

  /** Each bet, with its ordinal, as it is in the sealed file but for what cannot be seen. */
  private void printRows(long first, Rows rows) {
    ByteBuffer bytes = ByteBuffer.allocate(rows.length());
    rows.putInto(bytes);
    long ordinal = first;
    String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    for (String row : text.lines().toList()) {
      line("%12s %8d %s", "", ordinal, Visible.text(row));
      ordinal++;
    }
  }

  /**
   * The last line says how much there is.
   *
   * @throws DisagreementException if a record is none of a lottery, naming the first
   */
  private void finish(Recovery found) throws DisagreementException {
    if (number == 0) {
      header();
    }
    String torn =
        found.tornBytes() == 0
            ? ""
            : ", then %s of an unfinished or damaged write"
                .formatted(Count.of(found.tornBytes(), "byte"));
    line(
        "# %s in %s, %s%s",
        Count.of(found.records(), "record"),
        Count.of(found.blocks(), "block"),
        Count.of(found.keptBytes(), "byte"),
        torn);
    if (firstUnreadable != null) {
      throw firstUnreadable;
    }
  }

  private void print(JournalFile.Entry entry, String kind, Object count, String detail) {
    print(entry, kind, "-", "-", count, "-", detail);
  }

  private void print(
      JournalFile.Entry entry,
      String kind,
      Object first,
      Object last,
      Object count,
      String checksum,
      String detail) {
    Object sender = entry.agency() == 0 ? "-" : entry.agency();
    int bytes = entry.record().remaining();
    line(
        COLUMNS, entry.offset(), number, kind, sender, first, last, count, checksum, bytes, detail);
  }

  private static String inOneWord(List<?> items) {
    return items.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
