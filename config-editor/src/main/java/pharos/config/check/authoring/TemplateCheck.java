package pharos.config.check.authoring;

import java.util.Set;
import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.MeshView;
import pharos.config.check.ObjectCheck;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey.Kind;
import pharos.config.resource.Templates;

/** Files that are templates of Helm or of another tool with Go's template syntax. */
record TemplateCheck() implements ObjectCheck {
  @Override
  public String name() {
    return "authoring.Template";
  }

  @Override
  public Set<Kind> reads() {
    return Set.of(Templates.KIND);
  }

  @Override
  public void check(Resource resource, MeshView.MeshSettings mesh, Consumer<Finding> report) {
    report.accept(
        Finding.at(
            resource,
            Path.of(Templates.ACTION),
            name(),
            AuthoringMessage.TEMPLATE,
            Templates.action(resource)));
  }
}
