package pharos.backend.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.config.check.AllChecks;
import pharos.config.check.Analysis;
import pharos.config.check.Check;
import pharos.config.check.Finding;
import pharos.config.check.Inputs;
import pharos.config.check.MeshView;
import pharos.config.resource.DocumentReader;
import pharos.config.resource.Limits;
import pharos.config.resource.Node;
import pharos.config.resource.Snapshot;

/**
 * {@code pharos check}: exit status 0 nothing found, 1 findings, 2 wrong usage or unreadable input.
 */
public final class CheckCommand {
  private static final int CLEAN = 0;
  private static final int FOUND = 1;
  private static final int UNREADABLE = 2;

  private final String version;
  private final Clock clock;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final ObjectMapper mapper = new ObjectMapper();

  /**
   * @param out takes the answer and nothing else
   * @param err takes everything else
   */
  public CheckCommand(
      String version, Clock clock, InputStream in, PrintStream out, PrintStream err) {
    this.version = version;
    this.clock = clock;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** Runs with the words after {@code check}; returns the exit status. */
  public int run(List<String> words) {
    if (words.contains("--help") || words.contains("-h")) {
      out.print(CheckOptions.HELP);
      return CLEAN;
    }
    try {
      CheckOptions options = CheckOptions.of(words);
      if (options.batch() != null) {
        return batch(options.batch());
      }
      return options.each() ? each(options) : once(options);
    } catch (IllegalArgumentException e) {
      err.println("pharos: " + e.getMessage());
      return UNREADABLE;
    } catch (IOException e) {
      err.println("pharos: cannot read " + e.getMessage());
      return UNREADABLE;
    }
  }

  private int once(CheckOptions options) throws IOException {
    Manifests manifests = ManifestFiles.read(options.paths(), Path.of(""), in);
    manifests.unreadable().forEach(text -> err.println("pharos: cannot read " + text));
    if (!manifests.skipped().isEmpty()) {
      err.println(
          "pharos: left alone, no Kubernetes objects: " + String.join(", ", manifests.skipped()));
    }
    if (options.output() == CheckOptions.Output.TEXT) {
      TextReport problems = new TextReport(err, onTerminal(), manifests.texts());
      manifests.refusals().forEach(problems::print);
      err.flush();
    } else {
      manifests.refusals().forEach(refusal -> err.println("pharos: " + refusal));
    }
    List<Finding> findings = findings(manifests, options);
    print(findings, manifests, options);
    if (!manifests.problems().isEmpty()) {
      return UNREADABLE;
    }
    return fails(findings, options) ? FOUND : CLEAN;
  }

  private static boolean fails(List<Finding> findings, CheckOptions options) {
    return options.failOn() != null
        && findings.stream().anyMatch(f -> f.type().level().compareTo(options.failOn()) <= 0);
  }

  private List<Finding> findings(Manifests manifests, CheckOptions options) throws IOException {
    MeshView.MeshSettings mesh =
        new MeshView.MeshSettings(options.istioNamespace(), meshFile(options.meshConfig()), null);
    String namespace = options.namespace() == null ? "default" : options.namespace();
    Snapshot snapshot =
        Inputs.snapshot(
            manifests.resources(),
            new Inputs.Options(
                namespace,
                options.includeCore(),
                options.defaultResources(),
                options.upstreamOnly()),
            mesh);
    return Analysis.run(
        options.checks(),
        new MeshView(snapshot, mesh, Map.of(), "", clock.instant()),
        new Analysis.Filter(options.namespace(), options.suppressions(), options.upstreamOnly()));
  }

  private static @Nullable Node meshFile(@Nullable Path file) throws IOException {
    if (file == null) {
      return null;
    }
    Node node = DocumentReader.value(Files.readString(file), Limits.DEFAULT);
    if (!(node instanceof Node.Mapping)) {
      throw new IllegalArgumentException(
          "%s: no MeshConfig (expected: a YAML object)".formatted(file));
    }
    return node;
  }

  private void print(List<Finding> findings, Manifests manifests, CheckOptions options)
      throws IOException {
    switch (options.output()) {
      case TEXT -> new TextReport(out, onTerminal(), manifests.texts()).print(findings, manifests);
      case JSON -> {
        try (JsonGenerator json = json(new JsonFactory())) {
          json.useDefaultPrettyPrinter();
          FindingWriter.write(findings, json);
        }
        out.println();
      }
      case YAML -> {
        try (JsonGenerator yaml = json(new YAMLFactory())) {
          FindingWriter.write(findings, yaml);
        }
      }
      case SARIF -> {
        try (JsonGenerator json = json(new JsonFactory())) {
          json.useDefaultPrettyPrinter();
          SarifWriter.write(findings, version, json);
        }
        out.println();
      }
    }
    out.flush();
  }

  /** The launcher says whether standard output is a terminal: Java cannot tell it from input. */
  private static boolean onTerminal() {
    return Boolean.getBoolean("pharos.terminal") && !dumb();
  }

  private static boolean dumb() {
    return System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"));
  }

  private JsonGenerator json(JsonFactory factory) throws IOException {
    return factory.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  /** Every path by itself; an unreadable one does not end the run. */
  private int each(CheckOptions options) throws IOException {
    int status = CLEAN;
    for (String path : options.paths()) {
      @Nullable String error = null;
      List<Finding> findings = List.of();
      try {
        Manifests manifests = ManifestFiles.read(List.of(path), Path.of(""), in);
        findings = findings(manifests, options);
        List<String> problems = manifests.problems();
        problems.forEach(problem -> err.println("pharos: " + problem));
        error = problems.isEmpty() || !manifests.resources().isEmpty() ? null : problems.getFirst();
      } catch (IOException e) {
        error = "cannot read " + e.getMessage();
      } catch (InvalidPathException e) {
        error = "%s: no name of a file: %s".formatted(path, e.getReason());
      }
      try (JsonGenerator json = json(new JsonFactory())) {
        json.writeStartObject();
        json.writeStringField("input", path);
        if (error == null) {
          json.writeFieldName("findings");
          FindingWriter.write(findings, json);
        } else {
          json.writeStringField("error", error);
        }
        json.writeEndObject();
      }
      out.println();
      status =
          Math.max(status, error != null ? UNREADABLE : fails(findings, options) ? FOUND : CLEAN);
    }
    return status;
  }

  /** Independent runs, one JSON line each; the answers come in the same order. */
  private int batch(Path file) throws IOException {
    Path base = file.toAbsolutePath().getParent();
    int status = CLEAN;
    int line = 0;
    for (String text : lines(file)) {
      line++;
      if (text.isBlank()) {
        continue;
      }
      String problem;
      JsonNode run = mapper.createObjectNode();
      try {
        run = mapper.readTree(text);
        problem = run.isObject() ? shape(run) : "expected: a JSON object";
      } catch (JsonProcessingException e) {
        problem = "no JSON: " + e.getOriginalMessage();
      }
      if (problem == null) {
        batchRun(run, base == null ? Path.of("") : base);
      } else {
        String error = "%s:%d: %s".formatted(file, line, problem);
        err.println("pharos: " + error);
        answer(run.path("id").asText(), List.of(), List.of(error));
        status = UNREADABLE;
      }
    }
    out.flush();
    return status;
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": it is not UTF-8", e);
    }
  }

  /** What is wrong with the types of a run, or null. */
  private static @Nullable String shape(JsonNode run) {
    for (String field : List.of("files", "only")) {
      if (run.hasNonNull(field) && !run.get(field).isArray()) {
        return "%s: %s (expected: an array of texts)".formatted(field, run.get(field));
      }
    }
    if (run.hasNonNull("clusterFiles") && !run.get("clusterFiles").isObject()) {
      return "clusterFiles: %s (expected: an object)".formatted(run.get("clusterFiles"));
    }
    return run.has("files") || run.has("clusterFiles")
        ? null
        : "no files (expected: files or clusterFiles)";
  }

  private void batchRun(JsonNode run, Path base) throws IOException {
    List<String> problems = new ArrayList<>();
    List<Finding> findings = List.of();
    try {
      MeshView.MeshSettings mesh =
          new MeshView.MeshSettings(
              run.path("istioNamespace").asText("istio-system"),
              meshFile(optionalFile(run, "meshConfig", base)),
              meshFile(optionalFile(run, "meshNetworks", base)));
      String namespace = run.hasNonNull("namespace") ? run.get("namespace").asText() : null;
      boolean upstreamOnly = run.path("upstreamOnly").asBoolean(false);
      Inputs.Options inputs = new Inputs.Options(namespace, true, true, upstreamOnly);
      TreeMap<String, Snapshot> clusters = new TreeMap<>();
      for (Map.Entry<String, JsonNode> cluster : run.path("clusterFiles").properties()) {
        clusters.put(
            cluster.getKey(), snapshot(texts(cluster.getValue()), base, inputs, mesh, problems));
      }
      String name = "";
      Snapshot main;
      if (clusters.isEmpty()) {
        main = snapshot(texts(run.path("files")), base, inputs, mesh, problems);
      } else {
        var first = clusters.pollFirstEntry();
        name = first.getKey();
        main = first.getValue();
      }
      List<Check> checks = AllChecks.named(texts(run.path("only")));
      findings =
          Analysis.run(
              checks,
              new MeshView(main, mesh, clusters, name, clock.instant()),
              new Analysis.Filter(namespace, List.of(), upstreamOnly));
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
    } catch (IOException e) {
      problems.add("cannot read " + e.getMessage());
    }
    answer(run.path("id").asText(), findings, problems);
  }

  private void answer(String id, List<Finding> findings, List<String> problems) throws IOException {
    try (JsonGenerator json = json(new JsonFactory())) {
      json.writeStartObject();
      json.writeStringField("id", id);
      json.writeFieldName("findings");
      FindingWriter.write(findings, json);
      json.writeArrayFieldStart("decodeErrors");
      for (String problem : problems) {
        json.writeString(problem);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private Snapshot snapshot(
      List<String> files,
      Path base,
      Inputs.Options inputs,
      MeshView.MeshSettings mesh,
      List<String> problems) {
    Manifests manifests = ManifestFiles.read(files, base, in);
    problems.addAll(manifests.problems());
    return Inputs.snapshot(manifests.resources(), inputs, mesh);
  }

  private static @Nullable Path optionalFile(JsonNode run, String field, Path base) {
    return run.hasNonNull(field) ? base.resolve(run.get(field).asText()) : null;
  }

  private List<String> texts(JsonNode node) {
    return node.isArray() ? Arrays.asList(mapper.convertValue(node, String[].class)) : List.of();
  }
}
