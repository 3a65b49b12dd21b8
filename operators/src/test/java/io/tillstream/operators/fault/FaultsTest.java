package io.tillstream.operators.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class FaultsTest {

  @Test
  void withoutAServiceThereIsNone() throws Exception {
    URL classes = FaultPort.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader production = new URLClassLoader(new URL[] {classes}, null)) {
      assertThat(Faults.find(production)).isNull();
    }
  }

  @Test
  void aServiceIsFound() {
    assertThat(Faults.find(getClass().getClassLoader())).isInstanceOf(ArmedFaults.class);
  }
}
