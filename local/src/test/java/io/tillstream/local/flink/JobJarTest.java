package io.tillstream.local.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.local.process.StackException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobJarTest {
  @TempDir private Path folder;

  @Test
  void onlyTheConnectorMayBeFlinks() {
    assertThat(JobJar.belongsToFlink("org/apache/flink/connector/kafka/source/KafkaSource.class"))
        .isFalse();
    assertThat(JobJar.belongsToFlink("org/apache/flink/streaming/connectors/kafka/X.class"))
        .isFalse();
    assertThat(JobJar.belongsToFlink("org/apache/flink/connector/base/Y.class")).isTrue();
    assertThat(JobJar.belongsToFlink("org/apache/flink/core/Y.class")).isTrue();
    assertThat(JobJar.belongsToFlink("io/tillstream/jobs/PipelineJob.class")).isFalse();
  }

  @Test
  void theIntruderIsNamed() throws Exception {
    Path jar = folder.resolve("job.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("org/apache/flink/api/common/JobID.class"));
    }
    assertThatThrownBy(() -> JobJar.check(jar))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("org/apache/flink/api/common/JobID.class");
  }
}
