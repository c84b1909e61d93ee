/**
 * What the cluster holds, kept current by lists and watches of the ordinary Kubernetes client.
 * Reads only; never deletes what it knows because the API is away. Pods and their owners are kept
 * reduced, services and mesh configuration whole. Start reading at {@link
 * pharos.backend.source.kubernetes.KubernetesInventory}; one kind is followed by {@link
 * pharos.backend.source.kubernetes.Reflector}.
 */
@NullMarked
package pharos.backend.source.kubernetes;

import org.jspecify.annotations.NullMarked;
