/**
 * Checks that no other tool makes: what traffic will do with a configuration that istiod accepts.
 * Each follows rules of the routing semantics, reports under a code {@code PHA01xx} and says
 * nothing that is not certain; where Kiali has a code of the same meaning it is the alias. This
 * package has what they share, the packages below have one check per class.
 */
@NullMarked
package pharos.config.check.traffic;

import org.jspecify.annotations.NullMarked;
