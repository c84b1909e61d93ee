package pharos.backend.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Refusal;
import pharos.config.resource.Resource;

/** Manifests from files, folders and standard input. */
final class ManifestFiles {
  private static final Limits LIMITS = Limits.DEFAULT;

  private ManifestFiles() {}

  /** All documents of some paths, in order; a folder's files by name. */
  static DocumentReader.Reading read(List<String> paths, Path base, InputStream standardInput)
      throws IOException {
    List<Resource> resources = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    DocumentReader reader = new DocumentReader(LIMITS);
    for (String path : paths) {
      if (path.equals("-")) {
        add(reader.read("-", standardInput.readNBytes(LIMITS.bytes() + 1)), resources, refusals);
        continue;
      }
      Path file = base.resolve(path);
      if (!Files.isDirectory(file)) {
        add(reader.read(path, bytes(file)), resources, refusals);
        continue;
      }
      for (Path member : manifests(file)) {
        String name = Path.of(path).resolve(file.relativize(member)).toString();
        add(reader.read(name, bytes(member)), resources, refusals);
      }
    }
    return new DocumentReader.Reading(resources, refusals);
  }

  private static void add(
      DocumentReader.Reading reading, List<Resource> resources, List<Refusal> refusals) {
    resources.addAll(reading.resources());
    refusals.addAll(reading.refusals());
  }

  private static List<Path> manifests(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().matches(".*\\.(yaml|yml|json)"))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause(); // a folder inside that may not be opened
    }
  }

  /** A file's bytes; one byte over the limit is enough to be refused by the reader. */
  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(LIMITS.bytes() + 1);
    }
  }
}
