package io.tillstream.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
  @Test
  void readsWhatLinuxTells() {
    assertThat(ProcessMemory.parse("Name:\tjava\nVmHWM:\t  524288 kB\nVmRSS:\t  204800 kB\n"))
        .isEqualTo(new ProcessMemory(200, 512));
    assertThat(ProcessMemory.parse("")).isEqualTo(new ProcessMemory(0, 0));
  }
}
