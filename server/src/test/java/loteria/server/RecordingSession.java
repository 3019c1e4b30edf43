package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import loteria.protocol.Message;

/**
 * A session that remembers what it was told, and that it was told nothing before the disk had it.
 */
final class RecordingSession implements Session {
  private final FaultyDisk disk;
  private final List<Message.FromCentral> heard = new ArrayList<>();

  RecordingSession(FaultyDisk disk) {
    this.disk = disk;
  }

  @Override
  public void say(Message.FromCentral message) {
    assertThat(disk.isSynced() || !disk.syncs()).as("%s before the sync", message).isTrue();
    heard.add(message);
  }

  List<Message.FromCentral> heard() {
    return heard;
  }

  Message.FromCentral last() {
    return heard.getLast();
  }

  /** The refusal that was the last word. */
  Message.Refused refused() {
    assertThat(last()).isInstanceOf(Message.Refused.class);
    return (Message.Refused) last();
  }
}
