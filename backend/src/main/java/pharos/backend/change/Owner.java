package pharos.backend.change;

import java.util.ArrayList;
import java.util.List;
import pharos.config.resource.Fields;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;

/**
 * Somebody else who writes an object, found by the marks that each tool leaves.
 *
 * @param name of the tool, for example {@code Argo CD}
 * @param evidence the mark, as it stands on the object
 * @param effect what it will do with our change, for people
 * @param refusal how strictly it is to be taken
 */
public record Owner(String name, String evidence, String effect, Refusal refusal) {

  /** What a foreign owner means for a write. */
  public enum Refusal {
    /** The write needs a confirmation that names the owner. */
    CONFIRM,
    /** The owner would undo it at once: no write. */
    ALWAYS
  }

  /** All owners of a live object, whole as the API server sent it; none for an object of nobody. */
  static List<Owner> of(Resource object) {
    List<Owner> owners = new ArrayList<>();
    argoCd(object, owners);
    flux(object, owners);
    helm(object, owners);
    progressive(object, owners);
    return List.copyOf(owners);
  }

  private static void argoCd(Resource object, List<Owner> owners) {
    String tracking = object.annotations().getOrDefault("argocd.argoproj.io/tracking-id", "");
    String self =
        "%s/%s:%s/%s"
            .formatted(
                object.key().kind().group(),
                object.key().kind().name(),
                object.key().namespace(),
                object.key().name());
    String instance = object.labels().getOrDefault("app.kubernetes.io/instance", "");
    // A tracking id that names another object was copied with the text.
    if (tracking.endsWith(":" + self)) {
      owners.add(argoCd("argocd.argoproj.io/tracking-id: " + tracking));
    } else if (!instance.isEmpty() && isManagedBy(object, "argocd-controller")) {
      owners.add(argoCd("app.kubernetes.io/instance: " + instance));
    }
  }

  private static Owner argoCd(String evidence) {
    return new Owner(
        "Argo CD",
        evidence,
        "reverts this in about 5 s where self-heal is on, else at the next sync; to keep it, change"
            + " it in Git or list the field in ignoreDifferences",
        Refusal.CONFIRM);
  }

  private static void flux(Resource object, List<Owner> owners) {
    String kustomization = object.labels().getOrDefault("kustomize.toolkit.fluxcd.io/name", "");
    String reconcile =
        object.annotations().getOrDefault("kustomize.toolkit.fluxcd.io/reconcile", "");
    if (!kustomization.isEmpty() && !reconcile.equals("disabled")) {
      owners.add(
          new Owner(
              "Flux",
              "kustomize.toolkit.fluxcd.io/name: " + kustomization,
              "reverts this at its next reconciliation; the mode Merge does not help, since lists"
                  + " are replaced whole",
              Refusal.CONFIRM));
    }
    String release = object.labels().getOrDefault("helm.toolkit.fluxcd.io/name", "");
    if (!release.isEmpty()) {
      owners.add(
          new Owner(
              "Flux Helm",
              "helm.toolkit.fluxcd.io/name: " + release,
              "reverts this at the next upgrade, or at once where drift detection is on",
              Refusal.CONFIRM));
    }
  }

  private static void helm(Resource object, List<Owner> owners) {
    String release = object.annotations().getOrDefault("meta.helm.sh/release-name", "");
    if (object.labels().getOrDefault("app.kubernetes.io/managed-by", "").equals("Helm")
        && !release.isEmpty()
        && !object.labels().containsKey("helm.toolkit.fluxcd.io/name")) {
      owners.add(
          new Owner(
              "Helm",
              "meta.helm.sh/release-name: " + release,
              "overwrites this at the next upgrade of the release",
              Refusal.CONFIRM));
    }
  }

  private static void progressive(Resource object, List<Owner> owners) {
    for (Node reference : Fields.items(object.root(), "metadata", "ownerReferences")) {
      if (Fields.text(reference, "kind").equals("Canary")
          && Fields.text(reference, "apiVersion").startsWith("flagger.app/")) {
        owners.add(
            new Owner(
                "Flagger",
                "ownerReference: Canary " + Fields.text(reference, "name"),
                "rewrites the routes at every interval",
                Refusal.ALWAYS));
      }
    }
    String rollout =
        object.annotations().getOrDefault("argo-rollouts.argoproj.io/managed-by-rollouts", "");
    if (!rollout.isEmpty()) {
      owners.add(
          new Owner(
              "Argo Rollouts",
              "argo-rollouts.argoproj.io/managed-by-rollouts: " + rollout,
              "sets its weights again at once",
              Refusal.ALWAYS));
    }
  }

  private static boolean isManagedBy(Resource object, String manager) {
    return Fields.items(object.root(), "metadata", "managedFields").stream()
        .anyMatch(entry -> Fields.text(entry, "manager").equals(manager));
  }
}
