package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import loteria.lottery.BetRow;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.testing.Root;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agency in Python that was written from docs/PROTOCOL.md alone: its frames are the golden
 * ones, and it gets its winners from a central of these rules that cuts its connections.
 */
class PythonAgencyTest {
  private static final long PYTHON_SECONDS = 60;

  private static final Path FOLDER = Root.file("checks/src/test/resources/loteria/checks");
  private static final Path SCRIPT = FOLDER.resolve("agency.py");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path directory;

  @Test
  void laysTheGoldenFrames() throws IOException {
    String program =
        """
        import sys
        sys.path.insert(0, sys.argv[1])
        import agency
        assert agency.crc32c(b'123456789') == 0xe3069283
        assert agency.crc32c(b'789', agency.crc32c(b'123456')) == 0xe3069283
        for line in open(sys.argv[2]):
            frame = bytes.fromhex(line)
            print(agency.frame(frame[1], frame[4:-4]).hex())
        """;
    Path frames = directory.resolve("frames");
    HexFormat hex = HexFormat.of();
    List<String> golden = Golden.ALL.stream().map(g -> hex.formatHex(g.frame())).toList();
    Files.write(frames, golden);
    Outcome python = Command.python("-c", program, FOLDER, frames).run();
    assertThat(python.output().lines()).as(python.errors()).isEqualTo(golden);
  }

  @Test
  void laysTheRowsOfAFile() throws IOException {
    String program =
        """
        import sys
        sys.path.insert(0, sys.argv[1])
        import agency
        for row in agency.rows(5, sys.argv[2]):
            print(row.decode(), end='')
        """;
    Path file =
        Files.writeString(
            directory.resolve("agency-5.csv"),
            """
            María José,Núñez,30904465,1999-03-17,7574\r
            "Ana","",007,2000-02-29,000\n
            \r\n"O'Higgins, Bernardo","Juan ""El Rápido""\",1,2000-02-29,0010\ra"b,c,2,2000-02-29,1\
            """);
    Outcome python = Command.python("-c", program, FOLDER, file).run();
    assertThat(python.output().lines())
        .as(python.errors())
        .containsExactly(
            Golden.MARIA.strip(),
            Golden.ANA.strip(),
            "5,\"O'Higgins, Bernardo\",\"Juan \"\"El Rápido\"\"\",1,2000-02-29,10",
            "5,\"a\"\"b\",c,2,2000-02-29,1");
  }

  @Test
  void uploadsAFileAndGetsItsWinnersThoughItsConnectionsAreCut() throws Exception {
    Random random = new Random(7);
    RandomMessages messages = new RandomMessages(random);
    StringBuilder file = new StringBuilder();
    List<String> winners = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      String row = new String(messages.row(1), StandardCharsets.UTF_8);
      boolean won = i % 100 == 7;
      String bet = row.substring(2, row.lastIndexOf(',') + 1) + (won ? "7574" : "1") + "\r\n";
      byte[] whole = ("1," + bet).getBytes(StandardCharsets.UTF_8);
      file.append(bet);
      if (won) {
        winners.add(BetRow.document(whole, whole.length));
      }
    }
    Path csv = Files.writeString(directory.resolve("agency-1.csv"), file);
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      listener.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PYTHON_SECONDS));
      Command agency = Command.python(SCRIPT, "127.0.0.1", listener.getLocalPort(), 1, csv);
      try (Command.Started python = agency.start()) {
        ReplayedLottery lottery = new ReplayedLottery();
        int cuts = 0;
        while (python.isAlive()) {
          // Later and later, so that each session comes further than the one before.
          if (!serve(listener, lottery, 1 + cuts * 3)) {
            break;
          }
          cuts++;
        }
        assertThat(cuts).isGreaterThanOrEqualTo(3);
        assertThat(python.outcome().succeeded().output().lines()).isEqualTo(winners);
      }
    }
  }

  /** One session, which is cut after so many frames; false if it came to its end. */
  private static boolean serve(ServerSocket listener, ReplayedLottery lottery, int framesMax)
      throws IOException {
    lottery.reconnect();
    try (Socket socket = listener.accept()) {
      socket.setSoTimeout(10_000);
      InputStream in = socket.getInputStream();
      FrameReader reader = new FrameReader();
      byte[] arrived = new byte[3000];
      for (int frames = 0; frames < framesMax; ) {
        switch (reader.next()) {
          case FrameReader.Whole whole -> {
            frames++;
            lottery.agencySays(frames, whole.decode());
            for (Message.FromCentral answer : lottery.takeDue()) {
              if (answer instanceof Message.Stored || answer instanceof Message.SealReceipt) {
                socket.getOutputStream().write(Codec.encode(new Message.Ping()));
              }
              socket.getOutputStream().write(Codec.encode(answer));
              if (answer instanceof Message.WinnersPage) {
                return false;
              }
            }
          }
          case FrameReader.NeedMore _ -> {
            int read = in.read(arrived);
            if (read < 0) {
              return true;
            }
            reader.receive(arrived, 0, read);
          }
          case FrameReader.Broken broken -> throw new AssertionError(broken);
        }
      }
      return true;
    }
  }
}
