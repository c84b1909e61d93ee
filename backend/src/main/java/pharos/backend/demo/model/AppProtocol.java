package pharos.backend.demo.model;

/** What a port speaks. */
public enum AppProtocol {
  HTTP("http"),
  GRPC("grpc"),
  TCP("tcp");

  private final String label;

  AppProtocol(String label) {
    this.label = label;
  }

  /** As in the label {@code request_protocol} and in a Service's {@code appProtocol}. */
  public String label() {
    return label;
  }
}
