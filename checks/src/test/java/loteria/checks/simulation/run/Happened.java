package loteria.checks.simulation.run;

/** What is done to centrals that share a lottery, and where only they come to. */
public enum Happened {
  // What is done.
  /** The group takes a central for dead that goes on. */
  SILENCE,
  /** A partition is given back in order, and goes to whoever. */
  MOVE,
  /** Somebody takes a partition over and is gone at once. */
  FENCE,
  /** A take-over fails. */
  TAKE_FAILED,
  /** A commit fails, and nothing of it is there. */
  COMMIT_LOST,
  /** A commit is there, and its answer is not. */
  ANSWER_LOST,

  // Where they have come to.
  /** A commit is refused, since somebody else has taken over. */
  FENCED_COMMIT,
  /** An agency says that more is stored than is known here, and the log is asked. */
  FENCED_BY_ASKING,
  RELAYED,
  /** Who it is carried to has the agency no longer. */
  RELAYED_IN_VAIN,
  /** A central is taken from while it makes the seal or the draw. */
  DRAW_MOVED_WHILE_SEALING,
  TAKEN_BEFORE_SEAL,
  TAKEN_BETWEEN_SEAL_AND_DRAW,
  TAKEN_AFTER_DRAW
}
