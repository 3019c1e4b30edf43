package loteria.server.ledger;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import loteria.journal.DataDirectory;
import loteria.journal.Directory;
import loteria.journal.StorageFullException;
import loteria.lottery.Count;
import loteria.lottery.Lottery;
import loteria.lottery.Seal;
import loteria.lottery.Winners;
import loteria.protocol.Message;
import loteria.server.ServerLog;
import loteria.server.operator.Answer;
import loteria.server.operator.Request;
import loteria.server.seal.BrokenSealException;
import loteria.server.seal.Records;
import loteria.server.seal.SealedFile;
import loteria.server.seal.WinnersReader;
import org.jspecify.annotations.Nullable;

/**
 * The seal and the draw, each made once, beside the ledger. The seal is durable, and in the
 * journal, before the number is looked at; a restart at any point comes to the same seal and the
 * same winners.
 *
 * <pre>
 *   complete -> bets.csv written -> Sealed journalled -> bets.csv hashed and drawn -> Drawn journalled
 * </pre>
 *
 * <p>The number is that of the settings, or else the one that an operator says once the seal is
 * durable. Once its draw is durable it stays for good. If the draw found no room, an operator may
 * say another.
 *
 * <p>Where several centrals share a lottery, one of them leads: it makes the seal and the draw.
 * Those that follow make the same from their own copies once the log says so, and compare.
 *
 * <p>For the loop's thread.
 */
final class Sealing {
  /** The most agencies that a refusal names. */
  private static final int NAMED_MAX = 12;

  private final Directory directory;
  private final LedgerState state;
  private final Lottery lottery;
  private final Records records;
  private final Ledger.Settings settings;
  private final ServerLog log;

  private enum Step {
    NONE,
    SEAL,
    DRAW
  }

  /** The step that is being made, or is on its way into the journal. */
  private Step step = Step.NONE;

  /** The number that the next draw uses. */
  private OptionalInt number;

  /** Those who wait for the draw of that number. */
  private final List<Request.Operator> operators = new ArrayList<>();

  private Optional<Winners> winners = Optional.empty();

  /** The ledgers whose agencies wait for the draw. */
  private final List<Ledger> ledgers = new ArrayList<>();

  /** The one that keeps the seal and the draw; null if another central does. */
  private @Nullable Ledger leader;

  /** What another central has sealed and drawn, and was not made here yet. */
  private final ArrayDeque<Message.Entry> followed = new ArrayDeque<>();

  Sealing(
      Directory directory,
      LedgerState state,
      Records records,
      Ledger.Settings settings,
      ServerLog log) {
    this.directory = directory;
    this.state = state;
    this.lottery = state.lottery();
    this.records = records;
    this.settings = settings;
    this.number = settings.number();
    this.log = log;
  }

  /** The agencies of a ledger are told of the draw. */
  void join(Ledger ledger) {
    ledgers.add(ledger);
  }

  /** The ledger is here no longer. */
  void leave(Ledger ledger) {
    ledgers.remove(ledger);
    if (ledger.equals(leader)) {
      leader = null;
    }
  }

  /** The seal and the draw are made here from now on, and kept by this ledger. */
  void lead(Ledger ledger) {
    leader = ledger;
  }

  /** Whether the ledger is to keep what is being made: it cannot go before that is done. */
  boolean needs(Ledger ledger) {
    return step != Step.NONE && ledger.equals(leader);
  }

  /** The number that was drawn, here or elsewhere, though it may not be known yet who has won. */
  OptionalInt drawn() {
    for (Message.Entry entry : followed) {
      if (entry instanceof Message.Drawn drawn) {
        return OptionalInt.of(drawn.number());
      }
    }
    return lottery.drawn().isPresent()
        ? OptionalInt.of(lottery.drawn().get().number())
        : OptionalInt.empty();
  }

  /** How many have won, once the draw was held. */
  Optional<Winners> winners() {
    return winners;
  }

  /**
   * Finds the outcome of a draw that was held before a restart, and puts the sealed file back if it
   * is missing.
   *
   * @throws ContradictionException if the bets were sealed when fewer agencies were expected
   * @throws BrokenSealException if the file or the outcome is not what the journal says, or there
   *     is a file and the journal says nothing of it
   */
  void reopen() throws IOException {
    directory.check();
    if (lottery.sealed().isEmpty()) {
      if (directory.has(DataDirectory.BETS)) {
        requireOurs();
      }
      return;
    }
    Lottery.Sealed sealed = lottery.sealed().get();
    if (!directory.has(DataDirectory.BETS)) {
      var _ = restoreSealedFile(sealed.seal());
    }
    log.sealedBefore(sealed);
    if (lottery.drawn().isEmpty()) {
      awaitNumber();
    } else {
      Lottery.Drawn drawn = lottery.drawn().get();
      Winners again = SealedFile.draw(directory, sealed.seal(), drawn.number());
      requireSame(again, drawn);
      know(again, drawn);
      log.drawnBefore(drawn);
    }
  }

  private void awaitNumber() {
    if (number.isEmpty()) {
      log.awaitingNumber();
    }
  }

  private Seal writeSealedFile() throws IOException {
    return SealedFile.write(directory, lottery, state.positions(), records);
  }

  private Seal restoreSealedFile(Seal seal) throws IOException {
    return SealedFile.restore(directory, lottery, state.positions(), records, seal);
  }

  /** There is a sealed file, and no word of it in the journal: it must be what would be sealed. */
  private void requireOurs() throws IOException {
    if (!lottery.isComplete()) {
      throw BrokenSealException.tooEarly();
    }
    Seal ours = writeSealedFile();
    assert ours.bets() == lottery.bets() : ours;
  }

  private void know(Winners held, Lottery.Drawn drawn) {
    winners = Optional.of(held);
    state.figures().drawn(held, drawn.at());
  }

  /**
   * Begins the next step, if it is time for it and none is under way. To be called now and then:
   * there may not have been room.
   */
  void advance() throws IOException {
    if (step != Step.NONE || winners.isPresent() || !lottery.isComplete() || !isIdle()) {
      return;
    }
    if (!followed.isEmpty()) {
      directory.check();
      follow(followed.element());
    } else if (leader != null && lottery.sealed().isEmpty()) {
      directory.check();
      seal(leader);
    } else if (leader != null && number.isPresent()) {
      directory.check();
      draw(leader, number.getAsInt());
    }
  }

  /** Whether all that was decided is durable: what is complete then is so for good. */
  private boolean isIdle() {
    for (Ledger ledger : ledgers) {
      if (!ledger.isIdle()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Another central has sealed or drawn: the same is made here, when all bets have come.
   *
   * @throws IOException if the draw is known already: there is one
   */
  void followed(Message.Entry entry) throws IOException {
    if (winners.isPresent()) {
      throw new IOException("the log goes on behind the draw: " + entry);
    }
    followed.add(entry);
    advance();
  }

  private void follow(Message.Entry entry) {
    switch (entry) {
      case Message.Sealed sealed -> followSeal(sealed);
      case Message.Drawn drawn -> followDraw(drawn);
      case Message.Entry other -> throw new AssertionError(other);
    }
  }

  private void followSeal(Message.Sealed said) {
    make(
        Step.SEAL,
        () -> restoreSealedFile(said.seal()),
        own -> {
          require(lottery.seal(own, said.at()));
          made();
          Lottery.Sealed sealed = lottery.sealed().orElseThrow();
          state.figures().sealed(sealed);
          log.sealedBefore(sealed);
          advance();
        });
  }

  private void followDraw(Message.Drawn said) {
    makeDraw(
        said.number(),
        held -> {
          require(lottery.draw(said.number(), said.winners(), said.at()));
          Lottery.Drawn drawn = lottery.drawn().orElseThrow();
          requireSame(held, drawn);
          made();
          know(held, drawn);
          log.drawnBefore(drawn);
          tellAgencies();
          tell(
              number.equals(OptionalInt.of(drawn.number()))
                  ? new Answer.Drawn(drawn, true)
                  : new Answer.Refused(stays(drawn)));
        });
  }

  /** What another central has made was made here: only now, for it may be tried again. */
  private void made() {
    step = Step.NONE;
    followed.remove();
    state.figures().full(false);
  }

  private static void requireSame(Winners again, Lottery.Drawn drawn) throws IOException {
    if (again.total() != drawn.winners()) {
      throw new IOException(
          "the draw of %d gave %s, the journal says %d"
              .formatted(drawn.number(), Count.of(again.total(), "winner"), drawn.winners()));
    }
  }

  private void tellAgencies() {
    ledgers.forEach(Ledger::drawn);
  }

  /** An operator says the number. The answer comes when the draw is durable. */
  void draw(Ledger ledger, int asked, Request.Operator operator) {
    Optional<String> refused = whyNotDrawn(asked);
    if (refused.isPresent()) {
      log.drawingRefused(refused.get());
      operator.told(new Answer.Refused(refused.get()));
    } else if (winners.isPresent()) {
      operator.told(new Answer.Drawn(lottery.drawn().orElseThrow(), true));
    } else {
      operators.add(operator);
      number = OptionalInt.of(asked);
      if (step == Step.NONE && followed.isEmpty()) { // else what another has drawn is told
        draw(ledger, asked);
      }
    }
  }

  private Optional<String> whyNotDrawn(int asked) {
    if (winners.isPresent()) {
      Lottery.Drawn drawn = lottery.drawn().orElseThrow();
      return drawn.number() == asked ? Optional.empty() : Optional.of(stays(drawn));
    }
    if (!lottery.isComplete()) {
      return Optional.of(
          "the bets are not sealed: agencies are missing: " + some(lottery.missing()));
    }
    if (lottery.sealed().isEmpty() || step == Step.SEAL) {
      return Optional.of(
          state.figures().isFull()
              ? "there is no room to seal the bets: say it again when they are sealed"
              : "the bets are being sealed: say it again when they are");
    }
    return number.isEmpty() || number.getAsInt() == asked
        ? Optional.empty()
        : Optional.of("the number %d is being drawn".formatted(number.getAsInt()));
  }

  private static String stays(Lottery.Drawn drawn) {
    return "the number %d was drawn at %s, and stays".formatted(drawn.number(), drawn.at());
  }

  /** The first of some agencies, and how many more there are. */
  static String some(List<Integer> agencies) {
    String named =
        agencies.stream().limit(NAMED_MAX).map(String::valueOf).collect(Collectors.joining(", "));
    int rest = agencies.size() - NAMED_MAX;
    return rest > 0 ? "%s and %d more".formatted(named, rest) : named;
  }

  private void seal(Ledger ledger) throws IOException {
    ledger.trim(); // little more is to come, and the sealed file needs room
    make(
        Step.SEAL,
        this::writeSealedFile,
        seal -> {
          Message.Sealed sealed = new Message.Sealed(seal, settings.clock().instant());
          require(lottery.seal(seal, sealed.at()));
          ledger.keep(
              sealed,
              () -> {
                step = Step.NONE;
                Lottery.Sealed durable = lottery.sealed().orElseThrow();
                state.figures().sealed(durable);
                log.sealed(durable);
                awaitNumber();
              });
        });
  }

  private void draw(Ledger ledger, int drawnNumber) {
    makeDraw(
        drawnNumber,
        held -> {
          Message.Drawn drawn =
              new Message.Drawn(held.number(), held.total(), settings.clock().instant());
          require(lottery.draw(drawn.number(), drawn.winners(), drawn.at()));
          ledger.keep(
              drawn,
              () -> {
                step = Step.NONE;
                Lottery.Drawn durable = lottery.drawn().orElseThrow();
                know(held, durable);
                log.drawn(durable);
                tellAgencies();
                tell(new Answer.Drawn(durable, false));
              });
        });
  }

  private void makeDraw(int drawnNumber, Beside.Then<Winners> then) {
    Seal seal = lottery.sealed().orElseThrow().seal();
    make(Step.DRAW, () -> SealedFile.draw(directory, seal, drawnNumber), then);
  }

  /** Makes a step; it is tried again if there was no room for it, or no descriptor. */
  private <T> void make(Step next, Beside.Work<T> work, Beside.Then<T> then) {
    step = next;
    settings
        .beside()
        .run(
            work,
            new Beside.Then<>() {
              @Override
              public void done(T result) throws IOException {
                then.done(result);
              }

              @Override
              public void failed(IOException why) throws IOException {
                if (!(why instanceof StorageFullException full)) {
                  throw why;
                }
                undone();
                log.storageFull(full);
                state.figures().full(true);
              }
            });
  }

  /** What was on its way into the journal found no room there: it is made again. */
  void undone() {
    step = Step.NONE;
    number = settings.number();
    tell(new Answer.Refused(Ledger.NO_ROOM));
  }

  private void tell(Answer answer) {
    List<Request.Operator> told = List.copyOf(operators);
    operators.clear();
    told.forEach(operator -> operator.told(answer));
  }

  private static void require(Optional<String> wrong) throws IOException {
    if (wrong.isPresent()) {
      throw new IOException(wrong.get());
    }
  }

  /** What tells an agency its winners; the draw was held. */
  WinnersReader reader(int agency) {
    Winners held = winners.orElseThrow();
    return new WinnersReader(records, state.positions(), agency, held.number(), held.of(agency));
  }
}
