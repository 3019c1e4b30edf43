package loteria.client;

import java.util.List;
import loteria.protocol.Codec;
import loteria.runtime.settings.Manual;

/** What the agency says of itself. */
public final class AgencyManual {
  private AgencyManual() {}

  public static Manual manual() {
    return new Manual(
        "agency",
        "One agency: uploads its bets to the central, waits for the draw, and tells its winners.",
        AgencySettings.ALL,
        "config.yaml",
        List.of(
            "loteria agency --id 1 --server-address central.example:12345 --data bets",
            "CLI_ID=1 loteria agency --task echo"),
        List.of(
            "0   done, or stopped in order by SIGTERM or SIGINT",
            "1   failed: a bad row, a refusal, or a seal that is not of what was sent",
            "2   wrong usage",
            "3   out of memory",
            "4   another program has taken over this agency",
            "69  the central could not be reached for as long as --patience says",
            "74  the winning documents could not be written",
            "77  authentication failed: the certificate of one of the two is not accepted",
            "78  bad configuration"),
        List.of("protocol " + Codec.VERSION));
  }
}
