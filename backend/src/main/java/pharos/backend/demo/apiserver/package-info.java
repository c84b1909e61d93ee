/**
 * A Kubernetes API server in memory, for the demo mesh and for tests: ordinary HTTP, ordinary
 * clients. It speaks list, watch, write, dry run and access reviews in Kubernetes' own words, and
 * misbehaves on request ({@link pharos.backend.demo.apiserver.Faults}). It runs no controllers: who
 * wants pods puts pods. Never for production data. Start reading at {@link
 * pharos.backend.demo.apiserver.ApiServer}; what is stored is in {@link
 * pharos.backend.demo.apiserver.ClusterObjects}.
 */
@NullMarked
package pharos.backend.demo.apiserver;

import org.jspecify.annotations.NullMarked;
