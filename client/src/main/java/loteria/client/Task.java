package loteria.client;

/** What an agency's program is to do. */
enum Task {
  /** Say hello to the central a few times: exercises 1 to 4. */
  ECHO,
  /** Bring the one bet that the environment says: exercise 5. */
  BET,
  /** Bring the bets of the agency's file, and learn its winners: exercises 6 to 8. */
  UPLOAD
}
