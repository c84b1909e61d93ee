package pharos.backend.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code postmaster.pid} that a running server keeps in its data folder. Line 1 is the
 * process, line 4 the port, line 8 the state (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_*).
 */
record PostmasterPid(long pid, boolean ready) {

  /** Empty when there is none, or when the server is just writing it. */
  static Optional<PostmasterPid> read(Path data) {
    try {
      List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
      boolean ready = lines.size() >= 8 && lines.get(7).strip().equals("ready");
      return Optional.of(new PostmasterPid(Long.parseLong(lines.getFirst().strip()), ready));
    } catch (IOException | NumberFormatException | java.util.NoSuchElementException e) {
      return Optional.empty();
    }
  }

  /** Whether that process lives and is a PostgreSQL server of this data folder. */
  boolean isServerOf(Path data) {
    try {
      String command = Files.readString(Path.of("/proc/" + pid + "/cmdline"));
      return command.contains("postgres") && command.contains(data.toString());
    } catch (IOException e) {
      return false; // gone, or not ours to look at
    }
  }

  boolean isAlive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
