package loteria.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A journal of texts, open, with the texts and positions that were found in it. */
record Reopened(Journal journal, List<String> texts, List<Long> positions) {

  static Reopened of(Storage storage) throws IOException {
    List<String> texts = new ArrayList<>();
    List<Long> positions = new ArrayList<>();
    Journal journal =
        Journal.open(
            storage,
            (position, record) -> {
              texts.add(UTF_8.decode(record).toString());
              positions.add(position);
            });
    return new Reopened(journal, texts, positions);
  }

  /** The bytes of a new journal that holds one block for each group of texts. */
  static byte[] bytes(String[]... groups) throws IOException {
    FaultyStorage storage = new FaultyStorage(0);
    try (Journal journal = of(storage).journal()) {
      for (String[] group : groups) {
        journal.append(records(group));
      }
    }
    return storage.bytes();
  }

  static List<ByteBuffer> records(String... texts) {
    return Arrays.stream(texts).map(text -> ByteBuffer.wrap(text.getBytes(UTF_8))).toList();
  }

  static String[] group(String... texts) {
    return texts;
  }
}
