package pharos.config.check.traffic;

import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.MessageType;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** Where one check leaves its findings. */
public record Report(String check, Consumer<Finding> findings) {
  public void at(Resource resource, Path path, MessageType type, Object... arguments) {
    findings.accept(Finding.at(resource, path, check, type, arguments));
  }
}
