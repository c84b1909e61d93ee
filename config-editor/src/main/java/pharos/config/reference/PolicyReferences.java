package pharos.config.reference;

/** What security, telemetry and extension kinds name: the workloads or gateways they apply to. */
final class PolicyReferences {
  private PolicyReferences() {}

  static void read(ReferenceReader reader) {
    NetworkingReferences.selected(reader, "selector", "matchLabels");
    reader.targetRefs();
  }
}
