package io.tillstream.local.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Puts a {@code java} command line together, with the JVM we run on ourselves. */
public final class JavaCommand {
  private final List<String> flags = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final String classPath;
  private final String mainClass;

  private JavaCommand(String classPath, String mainClass) {
    this.classPath = classPath;
    this.mainClass = mainClass;
  }

  /** A main class out of a folder of jars. */
  public static JavaCommand of(Path jars, String mainClass) {
    return new JavaCommand(jars + "/*", mainClass);
  }

  /** A main class out of a class path as {@code java -cp} takes it. */
  public static JavaCommand of(String classPath, String mainClass) {
    return new JavaCommand(classPath, mainClass);
  }

  public JavaCommand flags(String... more) {
    flags.addAll(List.of(more));
    return this;
  }

  public JavaCommand flags(List<String> more) {
    flags.addAll(more);
    return this;
  }

  public JavaCommand arguments(String... more) {
    arguments.addAll(List.of(more));
    return this;
  }

  public JavaCommand arguments(List<String> more) {
    arguments.addAll(more);
    return this;
  }

  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(flags);
    words.add("-cp");
    words.add(classPath);
    words.add(mainClass);
    words.addAll(arguments);
    return words;
  }
}
