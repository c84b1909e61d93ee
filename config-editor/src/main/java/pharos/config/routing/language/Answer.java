package pharos.config.routing.language;

/** What a search for something that satisfies all conditions ends with. */
public sealed interface Answer<T> {
  /** There is one, for example this. */
  record Found<T>(T example) implements Answer<T> {}

  /** There is none; this is certain. */
  record None<T>() implements Answer<T> {}

  /** Nobody knows, and why. */
  record Unknown<T>(String reason) implements Answer<T> {}
}
