package loteria.client.connection;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import loteria.client.upload.MemoryCentral;
import loteria.protocol.Codec;
import loteria.protocol.Decoded;
import loteria.protocol.Frame;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;

/** An agency as the central has it at the other end of a connection. */
public final class Peer {
  private final Socket socket;
  private final FrameReader frames = new FrameReader();

  public Peer(Socket socket) {
    this.socket = socket;
  }

  /** The agency's next message. */
  public Message.FromAgency hear() throws IOException {
    return (Message.FromAgency) hearAny();
  }

  /** The agency's next frame, whose rows may be no bets. */
  public Decoded hearAny() throws IOException {
    while (true) {
      if (frames.next() instanceof FrameReader.Whole whole) {
        return whole.decode();
      }
      byte[] some = new byte[Frame.BYTES_MAX];
      int read = socket.getInputStream().read(some);
      if (read < 0) {
        throw new EOFException("the agency has left");
      }
      frames.receive(some, 0, read);
    }
  }

  /** The agency's next message, which is of this kind. */
  public <T extends Message.FromAgency> T hear(Class<T> kind) throws IOException {
    return kind.cast(hear());
  }

  /** Answers to the agency. */
  public void say(Message... messages) throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (Message message : messages) {
      frames.writeBytes(Codec.encode(message));
    }
    write(frames.toByteArray());
  }

  public void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  public void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A line of text, with its end. */
  public String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int read = socket.getInputStream().read();
      if (read < 0) {
        throw new EOFException("the agency has left");
      }
      line.write(read);
      if (read == '\n') {
        return line.toString(StandardCharsets.UTF_8);
      }
    }
  }

  /** Waits until the agency has left, and says how many bytes came before. */
  public long untilGone() {
    long bytes = 0;
    try {
      byte[] some = new byte[8192];
      int read = socket.getInputStream().read(some);
      while (read >= 0) {
        bytes += read;
        read = socket.getInputStream().read(some);
      }
    } catch (IOException _) {
      // A reset says as much as an end.
    }
    return bytes;
  }

  /** Answers the agency's next message as the central in memory does. */
  public List<Message.FromCentral> answer(MemoryCentral central) throws IOException {
    List<Message.FromCentral> answers = central.answers(hear());
    say(answers.toArray(Message[]::new));
    return answers;
  }

  /** Answers so, until the agency asks for its winners: what would be answered then. */
  public List<Message.FromCentral> answerUntilAsked(MemoryCentral central) throws IOException {
    while (true) {
      Message.FromAgency message = hear();
      List<Message.FromCentral> answers = central.answers(message);
      if (message instanceof Message.AskWinners) {
        return answers;
      }
      say(answers.toArray(Message[]::new));
    }
  }

  /** Answers as the central in memory does, until the agency leaves. */
  public void serve(MemoryCentral central) throws IOException {
    try {
      while (true) {
        say(central.answers(hearAny()).toArray(Message[]::new));
      }
    } catch (EOFException _) {
      // It has all that it wants.
    }
  }
}
