package pharos.backend.traces;

class TracesInMemoryTest extends TraceStoreContract {
  @Override
  protected TraceStore store() {
    return new TracesInMemory();
  }
}
