package loteria.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import loteria.testing.Root;

/** docs/PROTOCOL.md, as its tests read it. */
final class ProtocolDocument {
  private static final String FENCE = "```";

  private ProtocolDocument() {}

  /** A line of a transcript, or a frame with the lines that go on with it. */
  sealed interface Entry {
    /** Where it begins in the document. */
    int line();
  }

  /** A frame that somebody says, and what the document calls it. */
  record Said(int line, boolean byAgency, String name, String hex) implements Entry {
    byte[] frame() {
      return HexFormat.of().parseHex(hex);
    }
  }

  /** From here on another connection. */
  record Reconnected(int line) implements Entry {}

  static List<String> lines() throws IOException {
    return Files.readAllLines(Root.file("docs/PROTOCOL.md"));
  }

  /** The cells of each row of the table whose header begins with these cells. */
  static List<List<String>> table(String... header) throws IOException {
    List<String> lines = lines();
    int at = 0;
    while (!startsWith(cells(lines.get(at)), header)) {
      at++;
    }
    List<List<String>> rows = new ArrayList<>();
    for (at += 2; lines.get(at).startsWith("|"); at++) {
      rows.add(cells(lines.get(at)));
    }
    return rows;
  }

  private static boolean startsWith(List<String> cells, String... header) {
    return cells.size() >= header.length && cells.subList(0, header.length).equals(List.of(header));
  }

  private static List<String> cells(String line) {
    return line.startsWith("|")
        ? Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList()
        : List.of();
  }

  /** The blocks that are marked as transcripts. */
  static List<List<Entry>> transcripts() throws IOException {
    List<String> lines = lines();
    List<List<Entry>> transcripts = new ArrayList<>();
    for (int at = 0; at < lines.size(); at++) {
      if (lines.get(at).equals(FENCE + "transcript")) {
        int end = at + 1;
        while (!lines.get(end).equals(FENCE)) {
          end++;
        }
        transcripts.add(entries(lines.subList(at + 1, end), at + 2));
        at = end;
      }
    }
    return transcripts;
  }

  private static List<Entry> entries(List<String> lines, int firstLine) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] parts = lines.get(i).split("#", 2);
      String text = parts[0].replace(" ", "");
      String comment = parts.length == 2 ? parts[1].strip() : "";
      if (text.equals("--")) {
        entries.add(new Reconnected(firstLine + i));
      } else if (text.startsWith(">") || text.startsWith("<")) {
        entries.add(new Said(firstLine + i, text.startsWith(">"), comment, text.substring(1)));
      } else if (!text.isEmpty()) {
        Said begun = (Said) entries.removeLast();
        entries.add(new Said(begun.line, begun.byAgency, begun.name, begun.hex + text));
      }
    }
    return entries;
  }
}
