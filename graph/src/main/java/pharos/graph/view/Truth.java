package pharos.graph.view;

/** Whether a condition holds. A condition on edges says nothing about nodes, even when negated. */
enum Truth {
  YES,
  NO,
  NOT_APPLICABLE;

  static Truth of(boolean holds) {
    return holds ? YES : NO;
  }

  Truth not() {
    return switch (this) {
      case YES -> NO;
      case NO -> YES;
      case NOT_APPLICABLE -> NOT_APPLICABLE;
    };
  }
}
