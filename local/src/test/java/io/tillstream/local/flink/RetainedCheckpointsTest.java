package io.tillstream.local.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainedCheckpointsTest {
  @TempDir private Path s3;

  private void metadata(String folder, long seconds) throws Exception {
    Path file = s3.resolve("tillstream").resolve(folder).resolve("_metadata");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, FileTime.fromMillis(seconds * 1000));
  }

  @Test
  void theNewestCompleteOneWhateverItsKind() throws Exception {
    assertThat(RetainedCheckpoints.newest(s3, "tillstream")).isEmpty();
    metadata("checkpoints/aaa/chk-9", 10);
    metadata("checkpoints/bbb/chk-2", 20);
    Files.createDirectories(s3.resolve("tillstream/checkpoints/bbb/chk-3"));
    assertThat(RetainedCheckpoints.newest(s3, "tillstream"))
        .contains("s3://tillstream/checkpoints/bbb/chk-2");
    metadata("savepoints/savepoint-1", 30);
    assertThat(RetainedCheckpoints.newest(s3, "tillstream"))
        .contains("s3://tillstream/savepoints/savepoint-1");
  }
}
