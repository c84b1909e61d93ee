package pharos.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * All Java of all modules looks as google-java-format prints it. {@code -Dformat.fix=true} rewrites
 * it.
 */
class FormatTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void sources_asFormatted_differNowhere() throws Exception {
    boolean fix = Boolean.getBoolean("format.fix");
    List<String> unformatted = new ArrayList<>();
    for (Path file : javaFiles()) {
      String text = Files.readString(file);
      String formatted = format(text);
      if (!text.equals(formatted)) {
        unformatted.add(ROOT.relativize(file).toString());
        if (fix) {
          Files.writeString(file, formatted);
        }
      }
    }
    if (!fix) {
      assertThat(unformatted).as("files to format with: ./pharos format").isEmpty();
    }
  }

  private static String format(String text) throws FormatterException {
    return new Formatter().formatSource(RemoveUnusedImports.removeUnusedImports(text));
  }

  private static List<Path> javaFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String module : List.of("graph", "config-editor", "backend")) {
      try (Stream<Path> walk = Files.walk(ROOT.resolve(module).resolve("src"))) {
        walk.filter(path -> path.toString().endsWith(".java")).sorted().forEach(files::add);
      }
    }
    return files;
  }
}
