package pharos.backend.change;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The journal of a process that ends after one of its entries: what follows is never written. */
final class DyingJournal implements Journal {
  private final Journal real;
  private int left;

  DyingJournal(Journal real, int entries) {
    this.real = real;
    this.left = entries;
  }

  private void live() {
    if (left-- <= 0) {
      throw new ChangeFailure.JournalAway("the process ended");
    }
  }

  @Override
  public void add(Change change) {
    real.add(change);
  }

  @Override
  public Optional<Change> find(UUID id) {
    return real.find(id);
  }

  @Override
  public List<Change> newest(int limit) {
    return real.newest(limit);
  }

  @Override
  public Acceptance accept(
      Change change, String by, @Nullable String idempotencyKey, String runner) {
    return real.accept(change, by, idempotencyKey, runner);
  }

  @Override
  public void record(Change change, Step step, String runner) {
    live();
    real.record(change, step, runner);
  }

  @Override
  public void end(Change change, String runner) {
    live();
    real.end(change, runner);
  }

  @Override
  public void renew(UUID id, String runner) {
    real.renew(id, runner);
  }

  @Override
  public Optional<Abandoned> takeOver(String runner) {
    return real.takeOver(runner);
  }

  @Override
  public void attempt(Attempt attempt) {
    real.attempt(attempt);
  }

  @Override
  public boolean auditHolds() {
    return real.auditHolds();
  }
}
