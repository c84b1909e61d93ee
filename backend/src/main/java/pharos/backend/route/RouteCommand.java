package pharos.backend.route;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import pharos.backend.check.ManifestFiles;
import pharos.backend.check.Manifests;
import pharos.config.check.Inputs;
import pharos.config.istio.MeshConfig;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Fields;
import pharos.config.resource.Kinds;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Resource;
import pharos.config.resource.ResourceKey;
import pharos.config.resource.Snapshot;
import pharos.config.routing.Decision.Explained;
import pharos.config.routing.cluster.MeshPolicies;
import pharos.config.routing.compile.MeshRouting;
import pharos.config.routing.decide.MeshDeciders;

/** {@code pharos route}: exit status 0 answered, 2 wrong usage or unreadable input. */
public final class RouteCommand {
  private static final int ANSWERED = 0;
  private static final int UNREADABLE = 2;

  /** A line of requests; longer ones are no requests. */
  private static final int LONGEST_LINE = 1 << 20;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param out takes the answers and nothing else
   * @param err takes everything else
   */
  public RouteCommand(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** Runs with the words after {@code route}; returns the exit status. */
  public int run(List<String> words) {
    if (words.contains("--help") || words.contains("-h")) {
      out.print(RouteOptions.HELP);
      return ANSWERED;
    }
    try {
      return answer(RouteOptions.of(words));
    } catch (IllegalArgumentException | BadQuestion e) {
      err.println("pharos: " + e.getMessage());
      return UNREADABLE;
    } catch (NoSuchFileException e) {
      err.println("pharos: cannot read %s: there is no such file".formatted(e.getMessage()));
      return UNREADABLE;
    } catch (IOException e) {
      err.println("pharos: cannot read " + e.getMessage());
      return UNREADABLE;
    } finally {
      out.flush();
    }
  }

  private int answer(RouteOptions options) throws IOException {
    Manifests manifests = ManifestFiles.read(options.mesh(), Path.of(""), in);
    manifests.problems().forEach(problem -> err.println("pharos: " + problem));
    if (!manifests.unreadable().isEmpty()) {
      return UNREADABLE; // what a missing file held could change every answer
    }
    Inputs.Options asWritten = new Inputs.Options(options.namespace(), true, false, true);
    Snapshot resources =
        Snapshot.of(
            manifests.resources().stream()
                .map(resource -> Inputs.settled(resource, asWritten))
                .toList());
    MeshConfig mesh = meshConfig(options, resources);
    MeshDeciders deciders =
        new MeshDeciders(MeshRouting.of(resources, mesh, MeshPolicies::of), mesh);
    QuestionReader questions = new QuestionReader(options.namespace());
    Places places = new Places(resources);
    boolean clean =
        options.request() == null
            ? all(options, questions, deciders, places)
            : one(options.request(), options, questions, deciders, places);
    if (!questions.unknownFields().isEmpty()) {
      err.println(
          "pharos: fields of requests that mean nothing: "
              + String.join(", ", questions.unknownFields()));
    }
    return clean && manifests.problems().isEmpty() ? ANSWERED : UNREADABLE;
  }

  private static MeshConfig meshConfig(RouteOptions options, Snapshot resources)
      throws IOException {
    Node tree = null;
    if (options.meshConfig() != null) {
      tree = DocumentReader.value(Files.readString(options.meshConfig()), Limits.DEFAULT);
      if (!(tree instanceof Node.Mapping)) {
        throw new IllegalArgumentException(
            "%s: no MeshConfig (expected: a YAML object)".formatted(options.meshConfig()));
      }
    } else {
      Resource map =
          resources.get(new ResourceKey(Kinds.CONFIG_MAP, options.istioNamespace(), "istio"));
      if (map != null && Fields.has(map.root(), "data", "mesh")) {
        tree = DocumentReader.value(Fields.text(map.root(), "data", "mesh"), Limits.DEFAULT);
      }
    }
    return MeshConfig.of(tree, options.istioNamespace());
  }

  private boolean one(
      String text,
      RouteOptions options,
      QuestionReader questions,
      MeshDeciders deciders,
      Places places)
      throws IOException {
    Question question;
    try {
      question = questions.read(text);
    } catch (BadQuestion e) {
      throw new IllegalArgumentException("--request: " + e.getMessage(), e);
    }
    Explained explained = deciders.of(question.from()).explain(question.request());
    switch (options.output()) {
      case TEXT -> new DecisionText(out, places).print(question, explained);
      case JSON -> {
        try (JsonGenerator json = generator(out)) {
          json.useDefaultPrettyPrinter();
          DecisionWriter.write(question.id(), question.request().port(), explained, places, json);
        }
        out.println();
      }
    }
    return true;
  }

  private static JsonGenerator generator(OutputStream to) throws IOException {
    return new JsonFactory()
        .createGenerator(to)
        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
  }

  /** An answer per line, in order; a line that cannot be read is answered by what is wrong. */
  private boolean all(
      RouteOptions options, QuestionReader questions, MeshDeciders deciders, Places places)
      throws IOException {
    String file = String.valueOf(options.requests());
    DecisionText text = new DecisionText(out, places);
    boolean clean = true;
    int number = 0;
    OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
    try (BufferedReader lines = open(file);
        JsonGenerator json = generator(buffered)) {
      json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        Question question;
        try {
          question = questions.read(bounded(line));
        } catch (BadQuestion e) {
          clean = false;
          refused("%s:%d: %s".formatted(file, number, e.getMessage()), options.output(), json);
          continue;
        }
        Explained explained = deciders.of(question.from()).explain(question.request());
        if (options.output() == RouteOptions.Output.JSON) {
          DecisionWriter.write(question.id(), question.request().port(), explained, places, json);
        } else {
          if (number > 1) {
            out.println();
          }
          text.print(question, explained);
        }
      }
      if (options.output() == RouteOptions.Output.JSON && number > 0) {
        json.writeRaw('\n');
      }
    }
    buffered.flush();
    return clean;
  }

  private static String bounded(String line) {
    if (line.length() > LONGEST_LINE) {
      throw new BadQuestion(
          "a line of %d characters (expected: at most %d)".formatted(line.length(), LONGEST_LINE));
    }
    return line;
  }

  private void refused(String problem, RouteOptions.Output output, JsonGenerator json)
      throws IOException {
    err.println("pharos: " + problem);
    if (output == RouteOptions.Output.JSON) {
      json.writeStartObject();
      json.writeNullField("id");
      json.writeStringField("error", problem);
      json.writeEndObject();
    }
  }

  private BufferedReader open(String file) throws IOException {
    InputStream from = file.equals("-") ? in : Files.newInputStream(Path.of(file));
    return new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8), 1 << 16);
  }
}
