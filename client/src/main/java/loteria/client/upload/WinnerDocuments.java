package loteria.client.upload;

import java.io.IOException;
import java.util.List;

/** Takes the documents of an agency's winning bets as they come, a page at a time. */
public interface WinnerDocuments {
  /** Takes none of them: they are only counted. */
  WinnerDocuments COUNTED =
      new WinnerDocuments() {
        @Override
        public void begin() {}

        @Override
        public void add(List<String> documents) {}
      };

  /** The first page follows; what was taken before, in a session that was cut, is void. */
  void begin() throws IOException;

  /** The documents of the next page, in the order of the agency's bets. */
  void add(List<String> documents) throws IOException;
}
