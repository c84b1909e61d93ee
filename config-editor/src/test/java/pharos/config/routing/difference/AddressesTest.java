package pharos.config.routing.difference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.7, 10.0.0.7, true",
    "10.0.0.7, 10.0.0.8, false",
    "0.0.0.0/0, 203.0.113.1, true",
    "2001:db8::/32, 2001:db8:0:0:0:0:0:1, true",
    "2001:db8::/32, 2001:db9::, false",
    "::ffff:10.0.0.1, 0:0:0:0:0:ffff:a00:1, true",
    "10.0.0.0/8, ::1, false",
    "10.0.0.256/8, 10.0.0.1, false",
    "1:2:3/16, 1:2:3::, false",
    "1::2::3/16, 1::, false",
    "shop.example, 10.0.0.1, false",
  })
  void contains_addressAndRange_comparesWithinOneFamily(
      String cidr, String address, boolean expected) {
    assertThat(Addresses.contains(cidr, address)).isEqualTo(expected);
  }

  @Test
  void examples_nestedRanges_haveOneInEveryStretch() {
    assertThat(Addresses.examples(List.of("10.0.0.0/8", "10.1.0.0/16")))
        .containsExactly("203.0.113.1", "10.0.0.0", "11.0.0.0", "10.1.0.0", "10.2.0.0");
    assertThat(Addresses.examples(List.of("255.0.0.0/8", "2001:db8::/32")))
        .containsExactly(
            "203.0.113.1", "255.0.0.0", "2001:db8:0:0:0:0:0:0", "2001:db9:0:0:0:0:0:0");
  }
}
