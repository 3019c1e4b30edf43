package loteria.checks.simulation.run;

/** Where the system has come to. Rare places: a campaign that never comes there shows little. */
public enum Reached {
  /** An agency went on where the central said, neither at its first bet nor at its end. */
  RESUMED_IN_MID_FILE,
  /** A batch that was stored came again. */
  DUPLICATE_ACKNOWLEDGED,
  /** A finish that was stored came again. */
  FINISH_ACKNOWLEDGED_AGAIN,
  /** What several connections say is in one group. */
  GROUP,
  /** A group is decided while the block of the one before is being stored. */
  GROUP_BEHIND_A_BLOCK,
  /** An unfinished write at the end of the journal was cut off. */
  TORN_TAIL,
  /** The journal was begun and not a byte of it kept, or not all of its header. */
  TORN_HEADER,
  /** A ledger failed, and with it the process. */
  HALTED,
  /** The disk was full: what was accepted was taken back, or the bets could not be sealed. */
  STORAGE_FULL,
  /** The file of the sealed bets was begun a second time. */
  SEAL_RETRIED,
  RESTART_AFTER_SOME_FINISHES,
  RESTART_BETWEEN_FINISH_AND_SEAL,
  RESTART_BETWEEN_SEAL_AND_DRAW,
  RESTART_AFTER_DRAW,
  /** Damage was found, and the central did not start. */
  ROT_REFUSED,
  /** Damage looked like an unfinished write; what was acknowledged is gone. */
  ROT_TAKEN_FOR_TORN,
  /** An agency found that its file is not what was stored. */
  CHANGED_FILE_FOUND,
  BAD_ROW_FOUND,
  /** The winners of an agency took several pages. */
  PAGES,
  WINNERS_AGAIN,
  /** An operator closed an agency. */
  AGENCY_CLOSED,
  /** He closed one that was closed, having perhaps not been told. */
  CLOSED_AGAIN,
  /** He was too late: the agency had finished. */
  FINISHED_BEFORE_CLOSED,
  RESTART_AFTER_CLOSING,
  /** An operator said the number, and the draw was held. */
  DRAWN_BY_AN_OPERATOR
}
