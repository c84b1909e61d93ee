package pharos.backend.demo.model;

/**
 * A host outside of the cluster. The mesh knows it only if a ServiceEntry says so.
 *
 * @param namespace of its ServiceEntry; {@code unknown} without one
 * @param address one of its addresses, for the spans' tags
 * @param operation how it answers
 */
public record ExternalHost(String host, String namespace, String address, Operation operation) {}
