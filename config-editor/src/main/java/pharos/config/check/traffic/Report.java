package pharos.config.check.traffic;

import java.util.function.Consumer;
import pharos.config.check.Finding;
import pharos.config.check.MessageType;
import pharos.config.resource.Path;
import pharos.config.resource.Resource;

/** Where one check leaves its findings. */
public record Report(String check, Consumer<Finding> findings) {
  /** At a value. */
  public void at(Resource resource, Path path, MessageType type, Object... arguments) {
    findings.accept(Finding.at(resource, path, check, type, arguments));
  }

  /**
   * At the last key of a path. For values that are no scalars: the line of the key tells findings
   * of one text apart.
   */
  public void atKey(Resource resource, Path path, MessageType type, Object... arguments) {
    findings.accept(Finding.atKey(resource, path, check, type, arguments));
  }
}
