package loteria.checks.simulation;

/** All that a run is made of. For one thread. */
final class World {
  private final Chance chance;
  private final Agenda agenda = new Agenda();
  private final Tally tally = new Tally();
  private final Transcript transcript;
  private final Truth truth;
  private final Judge judge;
  private final Disk disk;
  private final CentralSide central;
  private final Operator operator;
  private final Troubles troubles;
  private Weather weather;

  World(long seed, int transcriptLinesMax) {
    chance = new Chance(seed);
    transcript = new Transcript(agenda, transcriptLinesMax);
    truth = Truth.of(chance);
    judge = new Judge(this, truth);
    boolean shortTransfers = chance.oneIn(2);
    if (shortTransfers) {
      note(Fault.SHORT_TRANSFERS);
    }
    disk = new Disk(chance, shortTransfers);
    weather = Weather.of(chance);
    operator = new Operator(this);
    troubles = new Troubles(this);
    central = new CentralSide(this);
  }

  Chance chance() {
    return chance;
  }

  /** The agenda's time, as {@link System#nanoTime} would tell it. */
  long nanoTime() {
    return agenda.now() * 1_000;
  }

  Agenda agenda() {
    return agenda;
  }

  Tally tally() {
    return tally;
  }

  Transcript transcript() {
    return transcript;
  }

  Truth truth() {
    return truth;
  }

  Judge judge() {
    return judge;
  }

  Disk disk() {
    return disk;
  }

  CentralSide central() {
    return central;
  }

  Operator operator() {
    return operator;
  }

  Troubles troubles() {
    return troubles;
  }

  Weather weather() {
    return weather;
  }

  void change(Weather next) {
    weather = next;
  }

  void note(Fault fault) {
    tally.note(fault);
  }

  void note(Reached place) {
    tally.note(place);
  }
}
