package pharos.backend.store.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The server's programs, unpacked from the class path into a cache that all processes share.
 *
 * @param folder has {@code bin/postgres} and {@code bin/initdb}
 */
record Binaries(Path folder) {

  /** Unpacks on first use (2 to 3 s); afterwards finds what is there. */
  static Binaries unpackedIn(Path cache) {
    String archive = "postgres-linux-" + architecture() + ".txz";
    URL resource = Binaries.class.getResource("/" + archive);
    if (resource == null) {
      throw new PostgresUnusable(
          "this build has no embedded PostgreSQL for %s; give --database-url"
              .formatted(architecture()));
    }
    try {
      URLConnection connection = resource.openConnection();
      Path folder = cache.resolve("postgres-" + architecture() + "-" + fingerprint(connection));
      if (!Files.exists(folder)) {
        unpack(connection, cache, folder);
      }
      return new Binaries(folder);
    } catch (IOException e) {
      throw new PostgresUnusable(
          "could not unpack the embedded PostgreSQL into %s: %s".formatted(cache, e), e);
    }
  }

  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  private static String architecture() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String name = System.getProperty("os.arch", "");
    if (!os.equals("linux")) {
      throw new PostgresUnusable(
          "the embedded PostgreSQL runs on Linux only, this is %s; give --database-url"
              .formatted(os));
    }
    return switch (name) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default -> name;
    };
  }

  /** Another archive gets another folder, so an upgrade never runs on half of the old files. */
  private static String fingerprint(URLConnection connection) throws IOException {
    long value =
        connection instanceof JarURLConnection jar
            ? jar.getJarEntry().getCrc()
            : connection.getContentLengthLong();
    return Long.toHexString(value);
  }

  /** Unpacks beside the target and renames, so that nobody ever sees half of it. */
  private static void unpack(URLConnection connection, Path cache, Path folder) throws IOException {
    Files.createDirectories(cache);
    Path fresh = Files.createTempDirectory(cache, "unpacking-");
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    try {
      try (InputStream bytes = new BufferedInputStream(connection.getInputStream(), 1 << 16);
          var tar = new TarArchiveInputStream(new XZInputStream(bytes))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          write(tar, entry, fresh);
        }
      }
      try {
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileSystemException e) {
        if (!Files.isDirectory(folder)) {
          throw e;
        } // another process was first; its files are the same
      }
    } finally {
      Folders.delete(fresh);
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path root)
      throws IOException {
    Path target = root.resolve(entry.getName()).normalize();
    if (!target.startsWith(root)) {
      throw new IOException("entry outside of the archive: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
    } else if (entry.isSymbolicLink()) {
      Files.createDirectories(Folders.parent(target));
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.createDirectories(Folders.parent(target));
      Files.copy(tar, target);
      boolean executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
