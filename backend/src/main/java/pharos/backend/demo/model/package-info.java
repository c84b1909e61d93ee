/**
 * What the demo mesh consists of: services, workloads, what they do when called, who calls them,
 * and the Kubernetes objects that describe all this. Values only: no clock, no network. Start at
 * {@link pharos.backend.demo.model.MeshModel}; {@link pharos.backend.demo.model.StoryMesh} is the
 * hand-written mesh, {@link pharos.backend.demo.model.LargeMesh} the generated one.
 */
@NullMarked
package pharos.backend.demo.model;

import org.jspecify.annotations.NullMarked;
