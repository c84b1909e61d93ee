package pharos.backend.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Refusal;
import pharos.config.resource.Resource;

/** Reads manifests from files, folders and standard input; what cannot be read ends nothing. */
public final class ManifestFiles {
  private static final Limits LIMITS = Limits.DEFAULT;
  private static final String STANDARD_INPUT = "-";

  private final Path base;
  private final InputStream standardInput;
  private final DocumentReader reader = new DocumentReader(LIMITS);
  private final List<Resource> resources = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final Map<String, String> texts = new HashMap<>();
  private int files;

  private ManifestFiles(Path base, InputStream standardInput) {
    this.base = base;
    this.standardInput = standardInput;
  }

  /**
   * All documents of some paths, in order; a folder's files by name.
   *
   * @param base what relative paths start from
   */
  public static Manifests read(List<String> paths, Path base, InputStream standardInput) {
    ManifestFiles reading = new ManifestFiles(base, standardInput);
    paths.forEach(reading::read);
    return new Manifests(
        reading.resources,
        reading.refusals,
        reading.unreadable,
        reading.skipped,
        reading.files,
        reading.texts);
  }

  private void read(String path) {
    try {
      if (path.equals(STANDARD_INPUT)) {
        byte[] bytes = standardInput.readNBytes(LIMITS.bytes() + 1);
        texts.put(path, new String(bytes, StandardCharsets.UTF_8));
        add(reader.read(path, bytes));
        return;
      }
      Path file = base.resolve(path);
      if (!Files.isDirectory(file)) {
        add(reader.read(path, bytes(file)));
        return;
      }
      for (Path member : members(file)) {
        member(Path.of(path).resolve(file.relativize(member)).toString(), member);
      }
    } catch (IOException e) {
      unreadable.add(reason(path, e));
    }
  }

  /** A folder may hold files of other purposes; only what is no Kubernetes object is skipped. */
  private void member(String name, Path file) {
    try {
      DocumentReader.Reading reading = reader.read(name, bytes(file));
      boolean foreign =
          reading.resources().isEmpty()
              && !reading.refusals().isEmpty()
              && reading.refusals().stream().allMatch(Refusal::isForeign);
      if (foreign) {
        skipped.add(name);
      } else {
        add(reading);
      }
    } catch (IOException e) {
      unreadable.add(reason(name, e));
    }
  }

  private void add(DocumentReader.Reading reading) {
    files++;
    resources.addAll(reading.resources());
    refusals.addAll(reading.refusals());
  }

  private static List<Path> members(Path folder) throws IOException {
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

  private static String reason(String name, IOException problem) {
    return switch (problem) {
      case NoSuchFileException missing -> within(name, missing.getFile()) + ": no such file";
      case AccessDeniedException denied -> within(name, denied.getFile()) + ": permission denied";
      default -> name + ": " + problem.getMessage();
    };
  }

  /** The file that the system names, when it is another one than was asked for. */
  private static String within(String name, String file) {
    return file == null || name.endsWith(file) || file.endsWith(name) ? name : file;
  }
}
