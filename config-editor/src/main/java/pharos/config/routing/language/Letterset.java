package pharos.config.routing.language;

/** A set of characters below 128, as two words of bits. */
record Letterset(long low, long high) {
  static final Letterset NONE = new Letterset(0, 0);

  /** Printable ASCII. */
  static final Letterset ALL = range(Letters.FIRST, Letters.LAST);

  static Letterset of(char c) {
    return range(c, c);
  }

  /** All from one to another, both included; what lies outside ASCII is cut off. */
  static Letterset range(int from, int to) {
    long low = 0;
    long high = 0;
    for (int c = Math.max(from, 0); c <= Math.min(to, 127); c++) {
      if (c < 64) {
        low |= 1L << c;
      } else {
        high |= 1L << (c - 64);
      }
    }
    return new Letterset(low, high);
  }

  static Letterset of(String characters) {
    Letterset set = NONE;
    for (int i = 0; i < characters.length(); i++) {
      set = set.or(of(characters.charAt(i)));
    }
    return set;
  }

  Letterset or(Letterset other) {
    return new Letterset(low | other.low, high | other.high);
  }

  /** Everything that is not in it. */
  Letterset not() {
    return new Letterset(~low, ~high);
  }

  boolean contains(char c) {
    return c < 64 ? (low >>> c & 1) != 0 : c < 128 && (high >>> (c - 64) & 1) != 0;
  }

  /** Whether it holds the whole alphabet. */
  boolean isAll() {
    return (low & ALL.low) == ALL.low && (high & ALL.high) == ALL.high;
  }

  /** With the other case of every letter in it. */
  Letterset bothCases() {
    Letterset both = this;
    for (char c = 'a'; c <= 'z'; c++) {
      char upper = (char) (c - 'a' + 'A');
      if (contains(c) || contains(upper)) {
        both = both.or(of(c)).or(of(upper));
      }
    }
    return both;
  }
}
