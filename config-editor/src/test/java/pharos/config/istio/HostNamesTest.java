package pharos.config.istio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNamesTest {

  @ParameterizedTest(name = "R-NAME-2 {0} and {1}: {2}")
  @CsvSource({
    "a.com, a.com, true",
    "a.com, b.com, false",
    "*.com, a.com, true",
    "*.com, com, false",
    "*.com, *.foo.com, true",
    "*.a.com, *.b.com, false",
    "*, x, true",
    "*, *.x, true",
    "*foo.com, barfoo.com, true", // R-NAME-1: a plain suffix, wherever a label ends
    "*.foo.com, foo.com, false",
    "*.foo.com, a.b.foo.com, true",
    "A.com, a.com, false", // R-NAME-8
  })
  void overlap_isSymmetric(String a, String b, boolean expected) {
    assertThat(Hosts.overlap(a, b)).isEqualTo(expected);
    assertThat(Hosts.overlap(b, a)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "R-NAME-3 {0} in {1}: {2}")
  @CsvSource({
    "a.com, a.com, true",
    "a.com, *.com, true",
    "*.com, a.com, false",
    "*.a.com, *.com, true",
    "*.com, *.a.com, false",
    "*.com, *.com, true",
    "*, *.com, false",
    "*.com, *, true",
    "a.com, *, true",
  })
  void subsetOf_isDirectional(String a, String b, boolean expected) {
    assertThat(Hosts.subsetOf(a, b)).isEqualTo(expected);
  }

  /** R-NAME-4. */
  @Test
  void specificFirst_exactThenLongerThenAlphabet() {
    assertThat(
            Stream.of("*", "b.com", "*.com", "a.com", "*.b.com", "long.com")
                .sorted(HostNames.SPECIFIC_FIRST))
        .containsExactly("long.com", "a.com", "b.com", "*.b.com", "*.com", "*");
  }

  @ParameterizedTest(name = "R-NAME-5 {0} and {1}: {2}")
  @CsvSource({
    "*.foo.com a.foo.com, *.foo.com, *.foo.com a.foo.com",
    "*, a.com b.com a.com, a.com b.com",
    "a.com *, *.com, a.com *.com",
    "*.com, *.b.com b.com, *.b.com b.com",
    "b.com, *.b.com, ''",
    "*.b.com *.com, *.com, *.b.com *.com",
  })
  void intersection_isTheNarrowerOfEachPairOnce(String a, String b, String expected) {
    assertThat(HostNames.intersection(list(a), list(b))).isEqualTo(list(expected));
  }

  @ParameterizedTest(name = "R-NAME-6 {0} for {1}: {2}")
  @CsvSource({
    "ns1/a.com ns2/b.com c.com */d.com, ns1, a.com c.com d.com",
    "ns1/*, ns2, ''",
    "./a.com, ns1, ''",
  })
  void forNamespace_keepsWhatIsForIt(String hosts, String namespace, String expected) {
    assertThat(HostNames.forNamespace(list(hosts), namespace)).isEqualTo(list(expected));
  }

  @ParameterizedTest(name = "R-NAME-7 {0}: {1}")
  @CsvSource({
    "a.b.com, a.b.com",
    "x.b.com, *.b.com",
    "x.c.com, *.com",
    "b.com, *.com",
    "*.b.com, *.b.com",
    "*.x.b.com, *.b.com",
    "*.com, *.com",
    "x.org, *",
    "*.org, *",
    "*, *",
  })
  void mostSpecific_isTheLongestThatCovers(String name, String expected) {
    HostIndex<String> index = new HostIndex<>();
    for (String host : List.of("*", "*.com", "*.b.com", "a.b.com")) {
      index.add(host, host);
      index.add(host, "later");
    }
    assertThat(index.mostSpecific(name)).isEqualTo(expected);
  }

  /** R-NAME-7: a wildcard that is asked for never finds an exact host. */
  @Test
  void mostSpecific_ofNothingThatCovers_isNull() {
    HostIndex<String> index = new HostIndex<>();
    index.add("a.com", "exact");
    index.add("*.b.com", "wildcard");
    assertThat(index.mostSpecific("*.com")).isNull();
    assertThat(index.mostSpecific("b.com")).isNull();
    assertThat(index.mostSpecific("*a.com")).isNull();
  }

  private static List<String> list(String words) {
    return Arrays.stream(words.split(" ")).filter(word -> !word.isEmpty()).toList();
  }
}
