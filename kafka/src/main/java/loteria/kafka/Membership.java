package loteria.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import loteria.kafka.brokers.Kafka;

/**
 * This central in the group that shares the partitions out. One thread stays a member; another, the
 * owner's, serves what is assigned and gives back what is revoked, in that order. While a partition
 * is given back the first waits: nobody else has it before. What a central does with a partition is
 * in {@code SharedLottery.assigned} and {@code revoked}.
 *
 * <p>A central that was silent for too long, or whose brokers were, may hear that others have its
 * partitions already. It gives them back all the same, and stays: if one was taken over, its writer
 * is fenced, and the first commit says so; if none was, nothing is lost, and it may be assigned the
 * same again.
 */
final class Membership implements AutoCloseable {
  /** How long the last task of the owner's thread is waited for when all is over. */
  private static final long END_MILLIS = 1_000;

  private final Owner owner;
  private final Consumer<IOException> failed;
  private final ExecutorService tasks =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("kafka-owner").factory());
  private final Thread thread;
  private final Kafka.Member member;
  private volatile boolean closed;

  /** What becomes of partitions. */
  interface Owner {
    void assigned(int partition) throws IOException;

    void revoked(int partition) throws IOException;

    /** Others may have the partition by now; it is revoked then. */
    void lost(int partition);
  }

  private Membership(Kafka kafka, Owner owner, Consumer<IOException> failed) throws IOException {
    this.owner = owner;
    this.failed = failed;
    this.thread = Thread.ofPlatform().daemon().name("kafka-member").unstarted(this::run);
    this.member = kafka.join(new Told());
  }

  /** Joins the group. */
  static Membership start(Kafka kafka, Owner owner, Consumer<IOException> failed)
      throws IOException {
    Membership membership = new Membership(kafka, owner, failed);
    membership.thread.start();
    return membership;
  }

  private void run() {
    try (member) {
      while (!closed) {
        member.poll();
      }
    } catch (IOException failure) {
      failed.accept(failure);
    } catch (RuntimeException | Error impossible) {
      failed.accept(new IOException("staying in the group: " + impossible, impossible));
    }
  }

  private final class Told implements Kafka.Group {
    @Override
    public void assigned(List<Integer> partitions) {
      for (int partition : partitions) {
        var _ = task(() -> owner.assigned(partition));
      }
    }

    @Override
    public void revoked(List<Integer> partitions) {
      List<Future<?>> given = new ArrayList<>();
      for (int partition : partitions) {
        given.add(task(() -> owner.revoked(partition)));
      }
      for (Future<?> one : given) {
        await(one);
      }
    }

    /** As revoked: whoever has them now keeps this central from writing, whenever it hears it. */
    @Override
    public void lost(List<Integer> partitions) {
      partitions.forEach(owner::lost);
      revoked(partitions);
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private Future<?> task(Task task) {
    return tasks.submit(() -> {
      try {
        task.run();
      } catch (IOException failure) {
        failed.accept(failure);
      } catch (RuntimeException | Error impossible) {
        failed.accept(new IOException("owning: " + impossible, impossible));
      }
    });
  }

  private static void await(Future<?> task) {
    try {
      task.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new AssertionError(impossible); // a task throws nothing
    }
  }

  /** Leaves: what is owned is given back first. Idempotent. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
      tasks.shutdown();
      var _ = tasks.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
