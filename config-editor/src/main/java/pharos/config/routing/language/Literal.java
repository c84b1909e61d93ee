package pharos.config.routing.language;

/** A condition that must hold, or must not. */
public record Literal(Atom atom, boolean positive) {
  /** The opposite. */
  public Literal not() {
    return new Literal(atom, !positive);
  }
}
