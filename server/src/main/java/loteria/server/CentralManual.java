package loteria.server;

import java.util.List;
import loteria.journal.Journal;
import loteria.protocol.Codec;
import loteria.runtime.settings.Manual;

/** What the central says of itself. */
public final class CentralManual {
  private CentralManual() {}

  public static Manual manual() {
    return new Manual(
        "central",
        "The central: stores the bets of the agencies, seals them, and holds the draw.",
        CentralSettings.ALL,
        "config.ini",
        List.of(
            "loteria central --agencies 5 --data-directory datos/today",
            "LOTERIA_AGENCIES=5 loteria central --server-port 0 --bind 127.0.0.1"),
        List.of(
            "0   stopped in order, by SIGTERM or SIGINT",
            "1   internal error",
            "2   wrong usage",
            "3   out of memory",
            "69  no broker answers, where several centrals share the lottery",
            "74  the storage failed, or the journal is damaged",
            "75  another central took over: start it again, and it joins the others",
            "78  bad configuration: a setting, a port or a directory that cannot be used"),
        List.of("protocol " + Codec.VERSION, "journal " + Journal.VERSION));
  }
}
