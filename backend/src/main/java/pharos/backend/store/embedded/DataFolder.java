package pharos.backend.store.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one server keeps: {@code data} (PostgreSQL's own), {@code password} (readable by us alone),
 * {@code server.log} and {@code lock} (held while a process uses the folder).
 */
final class DataFolder implements AutoCloseable {
  private static final Set<PosixFilePermission> OURS_ALONE =
      PosixFilePermissions.fromString("rw-------");
  private static final long MAX_LOG_BYTES = 8L << 20;
  private static final int LOG_TAIL_LINES = 12;

  private final Path folder;
  private final ServerUser user;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolder(Path folder, ServerUser user, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.user = user;
    this.channel = channel;
    this.lock = lock;
  }

  /** Takes the folder for this process; creates it when needed. */
  static DataFolder open(Path folder, ServerUser user) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = null;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException e) {
        // Held by this very process; the message below says the same.
      }
      if (lock == null) {
        channel.close();
        throw new PostgresUnusable(
            "the data folder %s is in use by another process; stop that one or choose another"
                    .formatted(folder)
                + " folder with --data-dir");
      }
      return new DataFolder(folder, user, channel, lock);
    } catch (IOException e) {
      throw new PostgresUnusable("cannot use the data folder %s: %s".formatted(folder, e), e);
    }
  }

  Path data() {
    return folder.resolve("data");
  }

  Path log() {
    return folder.resolve("server.log");
  }

  /** Creates the database once; refuses the data of another major version. */
  void prepare(Binaries binaries, String superuser) {
    try {
      String ours = majorVersion(binaries);
      Path version = data().resolve("PG_VERSION");
      if (Files.exists(version)) {
        String theirs = Files.readString(version).strip();
        if (!theirs.equals(ours)) {
          throw new PostgresUnusable(
              "the data in %s was written by PostgreSQL %s, this build brings PostgreSQL %s; move"
                      .formatted(data(), theirs, ours)
                  + " it with pg_dump and --database-url, or choose another folder with"
                  + " --data-dir");
        }
      } else {
        initialise(binaries, superuser);
      }
      if (Files.exists(log()) && Files.size(log()) > MAX_LOG_BYTES) {
        Files.delete(log());
      }
    } catch (IOException e) {
      throw new PostgresUnusable(
          "could not prepare the data folder %s: %s".formatted(folder, e), e);
    }
  }

  /** The server's password, made on first use. */
  String password() throws IOException {
    Path file = folder.resolve("password");
    if (!Files.exists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      Path fresh = folder.resolve("password.new");
      Files.deleteIfExists(fresh);
      Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OURS_ALONE));
      Files.writeString(fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }

  private String majorVersion(Binaries binaries) throws IOException {
    var result =
        ServerUser.Commands.run(user.command(List.of(binaries.program("postgres"), "--version")));
    // "postgres (PostgreSQL) 18.6"
    String[] words = result.output().split("[ .]", -1);
    if (result.status() != 0 || words.length < 3) {
      throw new PostgresUnusable(
          "the embedded PostgreSQL does not run: %s%s"
              .formatted(
                  result.output(),
                  user == ServerUser.NOBODY_USER
                      ? " (user %s must be able to enter %s and %s)"
                          .formatted(ServerUser.NOBODY, binaries.folder(), folder)
                      : ""));
    }
    return words[2];
  }

  /** Works beside the target and renames, so that a crash never leaves half a database. */
  private void initialise(Binaries binaries, String superuser) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path old : files.filter(file -> name(file).startsWith("initdb-")).toList()) {
        Folders.delete(old);
      }
    }
    Path fresh = Files.createTempDirectory(folder, "initdb-");
    Path data = Files.createDirectory(fresh.resolve("data"));
    Path password = fresh.resolve("password");
    Files.createFile(password, PosixFilePermissions.asFileAttribute(OURS_ALONE));
    Files.writeString(password, password() + "\n");
    for (Path path : List.of(fresh, data, password)) {
      user.own(path);
    }
    var result =
        ServerUser.Commands.run(
            user.command(
                List.of(
                    binaries.program("initdb"),
                    "--pgdata=" + data,
                    "--username=" + superuser,
                    "--auth=scram-sha-256",
                    "--pwfile=" + password,
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-instructions")));
    if (result.status() != 0) {
      throw new PostgresUnusable("initdb failed: " + result.output());
    }
    Files.move(data, data(), StandardCopyOption.ATOMIC_MOVE);
    Folders.delete(fresh);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** The end of the server's log, for a message. */
  String logTail() {
    try {
      List<String> lines = Files.readAllLines(log());
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
