package pharos.config.edit;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pharos.config.istio.Durations;
import pharos.config.resource.Node;
import pharos.config.resource.Path;

/** Settings of one HTTP rule. */
final class RuleSettings {
  private RuleSettings() {}

  static void timeout(Edit.SetTimeout edit, ObjectEditor editor) {
    duration(editor, Rules.http(edit, edit.rule(), editor).key("timeout"), edit.timeout());
  }

  static void retries(Edit.SetRetries edit, ObjectEditor editor) {
    Path path = Rules.http(edit, edit.rule(), editor).key("retries");
    Edit.Retries retries = edit.retries();
    if (retries == null) {
      editor.remove(path);
      return;
    }
    editor.set(path.key("attempts"), Trees.number(retries.attempts()));
    duration(editor, path.key("perTryTimeout"), retries.perTry());
    editor.put(path.key("retryOn"), retries.on().isEmpty() ? null : Trees.text(retries.on()));
  }

  static void fault(Edit.SetFault edit, ObjectEditor editor) {
    Path rule = Rules.http(edit, edit.rule(), editor);
    Path fault = rule.key("fault");
    Edit.Delay delay = edit.delay();
    if (delay == null) {
      editor.prune(fault.key("delay"), rule);
    } else {
      percentage(editor, fault.key("delay"), delay.percent());
      duration(editor, fault.key("delay").key("fixedDelay"), delay.delay());
    }
    Edit.Abort abort = edit.abort();
    if (abort == null) {
      editor.prune(fault.key("abort"), rule);
    } else {
      percentage(editor, fault.key("abort"), abort.percent());
      editor.remove(fault.key("abort").key("grpcStatus"));
      editor.set(fault.key("abort").key("httpStatus"), Trees.number(abort.status()));
    }
  }

  /** {@code percent} is the old name, whole numbers only (R-HTTP-66). */
  private static void percentage(ObjectEditor editor, Path of, double percent) {
    editor.remove(of.key("percent"));
    editor.set(of.key("percentage").key("value"), Trees.number(percent));
  }

  static void mirror(Edit.SetMirror edit, ObjectEditor editor) {
    Path rule = Rules.http(edit, edit.rule(), editor);
    if (editor.at(rule.key("mirrors")) != null) {
      throw new Edits.NotPossible("%s has a list of mirrors: edit its text".formatted(rule));
    }
    Edit.Mirror mirror = edit.mirror();
    if (mirror == null) {
      editor.remove(rule.key("mirror"));
      editor.remove(rule.key("mirrorPercentage"));
      editor.remove(rule.key("mirrorPercent"));
      return;
    }
    Path target = rule.key("mirror");
    editor.set(target.key("host"), Trees.text(mirror.target().host()));
    editor.put(
        target.key("subset"),
        mirror.target().subset().isEmpty() ? null : Trees.text(mirror.target().subset()));
    editor.put(
        target.key("port"),
        mirror.target().port() == 0
            ? null
            : Trees.object(Map.of("number", Trees.number(mirror.target().port()))));
    editor.remove(rule.key("mirrorPercent"));
    editor.set(rule.key("mirrorPercentage").key("value"), Trees.number(mirror.percent()));
  }

  static void redirect(Edit.Redirect edit, ObjectEditor editor) {
    Path rule = Rules.http(edit, edit.rule(), editor);
    editor.remove(rule.key("route"));
    editor.remove(rule.key("directResponse"));
    editor.remove(rule.key("delegate"));
    Path redirect = rule.key("redirect");
    text(editor, redirect.key("uri"), edit.uri());
    text(editor, redirect.key("authority"), edit.authority());
    if (edit.status() != 301 || editor.at(redirect.key("redirectCode")) != null) {
      editor.set(redirect.key("redirectCode"), Trees.number(edit.status()));
    }
    if (editor.at(redirect) == null) {
      throw new Edits.NotPossible(
          "%s: a redirect needs a path, a host or a status".formatted(rule));
    }
  }

  static void rewrite(Edit.SetRewrite edit, ObjectEditor editor) {
    Path rule = Rules.http(edit, edit.rule(), editor);
    Path rewrite = rule.key("rewrite");
    if (edit.uri().isEmpty()) {
      editor.prune(rewrite.key("uri"), rule);
    } else {
      editor.set(rewrite.key("uri"), Trees.text(edit.uri()));
    }
    if (edit.authority().isEmpty()) {
      editor.prune(rewrite.key("authority"), rule);
    } else {
      editor.set(rewrite.key("authority"), Trees.text(edit.authority()));
    }
  }

  static void headers(Edit.SetHeaders edit, ObjectEditor editor) {
    Path rule = Rules.http(edit, edit.rule(), editor);
    Path side = rule.key("headers").key(edit.response() ? "response" : "request");
    texts(editor, side.key("set"), edit.set(), rule);
    texts(editor, side.key("add"), edit.add(), rule);
    if (edit.remove().isEmpty()) {
      editor.prune(side.key("remove"), rule);
    } else {
      editor.set(side.key("remove"), Trees.texts(edit.remove()));
    }
  }

  private static void texts(ObjectEditor editor, Path path, Map<String, String> texts, Path upTo) {
    if (texts.isEmpty()) {
      editor.prune(path, upTo);
      return;
    }
    if (editor.at(path) instanceof Node.Mapping there) {
      there.entries().keySet().stream()
          .filter(name -> !texts.containsKey(name))
          .forEach(name -> editor.remove(path.key(name)));
    }
    new TreeMap<>(texts).forEach((name, value) -> editor.set(path.key(name), Trees.text(value)));
  }

  private static void text(ObjectEditor editor, Path path, String text) {
    editor.put(path, text.isEmpty() ? null : Trees.text(text));
  }

  /** Another spelling of the same duration stays. */
  static void duration(ObjectEditor editor, Path path, @Nullable Duration duration) {
    if (duration == null) {
      editor.remove(path);
    } else if (!duration.equals(Durations.parse(editor.text(path)))) {
      editor.set(path, Trees.text(text(duration)));
    }
  }

  /** As Istio's own examples write it: {@code 5s}, {@code 0.25s}. */
  private static String text(Duration duration) {
    long millis = duration.toMillis();
    if (duration.isNegative() || !Duration.ofMillis(millis).equals(duration)) {
      throw new Edits.NotPossible(
          "%s is no duration for Envoy (expected: whole milliseconds)".formatted(duration));
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
