package pharos.backend.settings;

/** The reference of all keys, as a page. */
final class Reference {
  private Reference() {}

  static String markdown() {
    StringBuilder out =
        new StringBuilder(
            """
            # Configuration

            Defaults, then a YAML file (`--config FILE`), then environment variables, then flags (`--set KEY=VALUE`); the
            later wins. What is not understood is refused at start, with the key and what was expected. All keys are read once.
            `pharos serve --print-config` shows the result and where each value came from; `--check-config` only checks.

            Durations: `500ms`, `30s`, `5m`, `24h`, `7d`. Sizes: `64KiB`, `256MiB`, `2GiB`. In YAML the dots of a key nest:

            ```yaml
            prometheus:
              url: http://prometheus.istio-system:9090
            history:
              retention: 14d
            ```

            This page is generated from the code.
            """);
    String section = "";
    for (Setting<?> setting : Keys.all()) {
      if (!setting.section().equals(section)) {
        section = setting.section();
        out.append("\n## ")
            .append(section)
            .append("\n\n| key | default | values | what it does |\n|---|---|---|---|\n");
      }
      String fallback = setting.printedFallback();
      out.append(
          "| `%s`<br>`%s` | %s | %s | %s%s |\n"
              .formatted(
                  setting.key(),
                  setting.environmentName(),
                  fallback.isEmpty() ? "" : "`" + fallback + "`",
                  setting.kind().allowed(),
                  setting.text(),
                  setting.secret() ? " Secret: never printed." : ""));
    }
    return out.toString();
  }
}
