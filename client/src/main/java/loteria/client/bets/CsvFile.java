package loteria.client.bets;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import loteria.lottery.BetRow;
import loteria.protocol.Rows;
import loteria.runtime.GzipInput;
import org.jspecify.annotations.Nullable;

/**
 * The bets of an agency's CSV file: rows of first name, last name, document, birth date and number,
 * in UTF-8, ended by LF, CR LF or CR. Blank lines are passed over. Streamed through one bounded
 * buffer, never held whole.
 *
 * <p>A <em>plain</em> row becomes a bet's row by its agency before it and CR LF behind it: no field
 * is looked at but the number's first digit, since the central judges them. A row is plain if it
 * has no quote and no CR but that of its line end, is not longer than a bet's row, and has a number
 * that does not begin with a zero, or is one. Every other row, and each row if the file is read
 * carefully, goes through {@link CarefulRows}: parsed by the CSV library, laid again and checked.
 * Both ways give the same bytes for a row that is a bet, so that an upload may begin in one way and
 * go on in the other.
 *
 * <p>The first row is checked in any case: what is wrong with all rows of a file, such as its
 * separator, is found before anything is sent.
 *
 * <p>Each row begins one line after the row or blank line before it: a field with a line break in
 * it is no field of a bet. For one thread.
 */
final class CsvFile implements BetSource {
  /** The longest row of a file: a quote that is never closed is found before all is held. */
  static final int ROW_BYTES_MAX = 1 << 16;

  /** RFC 1952: how gzip data begin. No text begins so. */
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  private final int agency;
  private final BetsFile file;
  private final FileInputStream bytesOfFile;
  private final boolean careful;
  private final byte[] beginning;

  /** The text of the file, uncompressed. */
  private InputStream in;

  private boolean compressed;

  /** How many bytes were read of the file, compressed or not. */
  private long taken;

  // What was read and not yet taken lies between from and to; a line feed stands at to.
  private final byte[] bytes = new byte[ROW_BYTES_MAX + 2];
  private int from;
  private int to;
  private boolean ended;

  /** What is read carefully at present. */
  private @Nullable CarefulRows carefulRows;

  /** A row that is to be added when there is room. */
  private byte @Nullable [] left;

  /** The line that begins at {@code from}, from 1. */
  private long line = 1;

  /** Whether a row was added: blank lines are none. */
  private boolean begun;

  private @Nullable BadRowException bad;

  private CsvFile(int agency, BetsFile file, FileInputStream bytesOfFile, boolean careful) {
    this.agency = agency;
    this.file = file;
    this.bytesOfFile = bytesOfFile;
    this.in = bytesOfFile;
    this.careful = careful;
    this.beginning = (agency + ",").getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The bets of an agency.
   *
   * @param bytes the file at its beginning; it stays the caller's to close if this fails
   */
  static CsvFile open(int agency, BetsFile file, FileInputStream bytes, boolean careful)
      throws IOException, BadRowException {
    CsvFile bets = new CsvFile(agency, file, bytes, careful);
    try {
      bets.begin();
    } catch (IOException failed) {
      throw file.unreadable(failed);
    }
    return bets;
  }

  private void begin() throws IOException, BadRowException {
    read();
    if (startsWith(GZIP) || file.isNamedGzip()) {
      compressed = true;
      in = Compressed.textOf(this, Arrays.copyOf(bytes, to));
      to = 0;
      ended = false;
      read();
    }
    while (to < Encoding.BYTES && !ended) {
      read();
    }
    String flaw = Encoding.flaw(Arrays.copyOf(bytes, Math.min(to, Encoding.BYTES)));
    if (flaw != null) {
      throw badRow("-", flaw);
    }
  }

  private boolean startsWith(byte[] mark) {
    return Arrays.equals(bytes, 0, Math.min(to, mark.length), mark, 0, mark.length);
  }

  private BadRowException badRow(String field, String reason) {
    return new BadRowException(file.name(), line, field, reason);
  }

  @Override
  public void fill(Rows.Collector batch) throws IOException, BadRowException {
    try {
      boolean more = true;
      while (more) {
        more = addCareful(batch) && addPlain(batch) && goOn();
      }
    } catch (BadRowException row) {
      bad = row;
    } catch (IOException failed) {
      throw failed instanceof BetsFile.UnreadableException said ? said : file.unreadable(failed);
    }
    if (bad != null && batch.isEmpty()) {
      throw bad;
    }
  }

  /** Adds the rows that were read carefully; false if there was no room for all of them. */
  private boolean addCareful(Rows.Collector batch) throws BadRowException {
    if (bad != null) {
      return false;
    }
    while (left != null || carefulRows != null) {
      byte[] row = left != null ? left : next(carefulRows);
      if (row != null) {
        left = batch.add(row, 0, row.length) ? null : row;
        if (left != null) {
          return false;
        }
      }
    }
    return true;
  }

  private byte @Nullable [] next(@Nullable CarefulRows rows) throws BadRowException {
    byte[] row = rows == null ? null : rows.next();
    if (row != null) {
      begun = true;
    } else if (rows != null) {
      line = rows.line();
      carefulRows = null;
    }
    return row;
  }

  /**
   * Adds the plain rows that the buffer holds whole, up to one that is not plain; false if there
   * was no room for all of them.
   */
  private boolean addPlain(Rows.Collector batch) {
    if (careful) {
      return true;
    }
    byte[] text = bytes;
    boolean room = true;
    int row = from;
    int end = row;
    while (true) {
      byte character = text[end];
      // What may end a row is not above the quote in ASCII; bytes of longer characters are
      // negative.
      while (character > '"' || character < 0) {
        character = text[++end];
      }
      boolean lineEnd = character == '\n' || (character == '\r' && text[end + 1] == '\n');
      if (!lineEnd) {
        if (character == '"' || character == '\r') {
          break;
        }
        end++;
        continue;
      }
      int next = character == '\n' ? end + 1 : end + 2;
      if (next > to || !isPlain(row, end)) {
        break;
      }
      if (end > row) {
        room = batch.add(beginning, text, row, end);
        if (!room) {
          break;
        }
        begun = true;
      }
      line++;
      row = next;
      end = next;
    }
    from = row;
    return room;
  }

  /** Whether the line that lies there, without quotes or CR, is a plain row, or blank. */
  private boolean isPlain(int row, int end) {
    int number = end;
    while (number > row && bytes[number - 1] != ',') {
      number--;
    }
    return row == end
        || (number > row
            && (bytes[number] != '0' || end - number == 1)
            && beginning.length + end - row + 2 <= BetRow.BYTES_MAX
            && (begun || isBet(row, end)));
  }

  private boolean isBet(int row, int end) {
    byte[] laid = Arrays.copyOf(beginning, beginning.length + end - row + 2);
    System.arraycopy(bytes, row, laid, beginning.length, end - row);
    laid[laid.length - 2] = '\r';
    laid[laid.length - 1] = '\n';
    return new BetRow(agency).check(laid, 0, laid.length) == laid.length;
  }

  /** After the plain rows: reads on, or begins to read carefully; false at the end of the file. */
  private boolean goOn() throws IOException, BadRowException {
    int end = rowsEnd();
    if (end >= 0) {
      String rows = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
      carefulRows = new CarefulRows(agency, file.name(), line, !begun, rows);
      from = end;
      return true;
    }
    if (ended ? from < to : to - from == ROW_BYTES_MAX) {
      throw unending();
    }
    if (!ended) {
      read();
    }
    return from < to;
  }

  /**
   * Where a row ends that the buffer holds whole: the first one that ends with a line feed, or the
   * last one if the file is read carefully or its rows end with CR; negative if it holds none. What
   * is within quotes ends no row, and a quote opens at the beginning of a field alone.
   */
  private int rowsEnd() {
    int rowsEnd = -1;
    boolean fieldBegins = true;
    for (int at = from; at < to; at++) {
      byte character = bytes[at];
      if (character == '"' && fieldBegins) {
        at = closingQuote(at + 1);
      } else if (character == '\n') {
        rowsEnd = at + 1;
        if (!careful) {
          return rowsEnd;
        }
      } else if (character == '\r' && at + 1 < to && bytes[at + 1] != '\n') {
        rowsEnd = at + 1;
      }
      fieldBegins = character == ',' || character == '\n' || character == '\r';
    }
    return rowsEnd;
  }

  /** Where the quote is closed, within which lies this index; {@code to} if it is not here. */
  private int closingQuote(int within) {
    int at = within;
    while (at < to && (bytes[at] != '"' || bytes[at + 1] == '"')) {
      at += bytes[at] == '"' ? 2 : 1;
    }
    return Math.min(at, to);
  }

  /** What is wrong with a row that does not end. */
  private BadRowException unending() {
    boolean fieldBegins = true;
    for (int at = from; at < to; at++) {
      byte character = bytes[at];
      if (character == '"' && fieldBegins) {
        int closed = closingQuote(at + 1);
        if (closed >= to - 1) {
          // At the end of a full buffer it may be the first of two: an end of the file has a line
          // feed.
          return badRow("-", "a quote opens here and is not closed within 64 KiB");
        }
        for (int i = at; i < closed; i++) {
          line += bytes[i] == '\n' ? 1 : 0;
        }
        at = closed;
      }
      fieldBegins = character == ',';
    }
    return badRow("-", "is longer than 64 KiB");
  }

  /** Has more bytes in the buffer, or finds that there are no more. */
  private void read() throws IOException {
    System.arraycopy(bytes, from, bytes, 0, to - from);
    to -= from;
    from = 0;
    int read = in.read(bytes, to, ROW_BYTES_MAX - to);
    if (read >= 0) {
      to += read;
      taken += compressed ? 0 : read;
    } else {
      ended = true;
      if (to > 0 && bytes[to - 1] != '\n') {
        bytes[to++] = '\n';
      }
    }
    bytes[to] = '\n';
  }

  @Override
  public double part() {
    long size = file.size();
    long untaken = compressed ? 0 : to - from;
    return size == 0 ? 1 : Math.clamp((double) (taken - untaken) / size, 0, 1);
  }

  @Override
  public void close() throws IOException {
    file.close(bytesOfFile);
  }

  /** The bytes of the file: first those that were read already. To close it closes nothing. */
  private final class Compressed extends InputStream {
    private final ByteArrayInputStream head;

    Compressed(byte[] head) {
      this.head = new ByteArrayInputStream(head);
    }

    /** Here, so that an agency with a plain file loads nothing of gzip. */
    static InputStream textOf(CsvFile bets, byte[] head) throws IOException {
      return new GzipInput(bets.new Compressed(head), ROW_BYTES_MAX);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      if (head.available() > 0) {
        return head.read(into, at, length);
      }
      int read = bytesOfFile.read(into, at, length);
      taken += Math.max(read, 0);
      return read;
    }

    @Override
    public int available() throws IOException {
      return head.available() + bytesOfFile.available();
    }
  }
}
