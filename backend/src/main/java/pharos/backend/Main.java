package pharos.backend;

/** The command line: {@code pharos demo | serve | check | route | version}. */
public final class Main {
  private Main() {}

  /** Runs one command and exits with its status: 0 done, 1 the answer is "no", 2 wrong usage. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static int run(String[] args) {
    if (args.length == 1 && args[0].equals("version")) {
      System.out.println("pharos on JDK " + Runtime.version());
      return 0;
    }
    System.err.println("usage: pharos version");
    return 2;
  }
}
