package io.tillstream.routing.plan;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The fields of one YAML mapping; whatever is not as asked for is refused with its line. */
final class YamlFields {
  private static final int MOST_CHARACTERS = 64 * 1024;

  private final String path;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  private YamlFields(String path, int line, MappingNode node) throws PlanException {
    this.path = path;
    this.line = line;
    for (NodeTuple tuple : node.getValue()) {
      int at = line(tuple.getKeyNode(), line);
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new PlanException(at, "a field's name must be a string");
      }
      if (values.put(key.getValue(), tuple.getValueNode()) != null) {
        throw new PlanException(at, full(Lines.one(key.getValue())) + " must be there only once");
      }
      lines.put(key.getValue(), at);
    }
  }

  /** The top of a file. */
  static YamlFields parse(String yaml) throws PlanException {
    if (yaml.length() > MOST_CHARACTERS) {
      throw new PlanException(1, "the routes must have at most " + MOST_CHARACTERS + " characters");
    }
    Node root;
    try {
      LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
      root = new Compose(settings).composeString(yaml).orElse(null);
    } catch (MarkedYamlEngineException e) {
      int at = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new PlanException(at, "must be YAML: " + Lines.one(e.getProblem()));
    } catch (YamlEngineException e) {
      throw new PlanException(1, "must be YAML: " + Lines.one(String.valueOf(e.getMessage())));
    } catch (StackOverflowError e) {
      throw new PlanException(1, "must not be nested that deep");
    }
    if (!(root instanceof MappingNode mapping)) {
      throw new PlanException(1, "the routes must be a mapping with version and routes");
    }
    return new YamlFields("", line(mapping, 1), mapping);
  }

  /** Refuses every field but these. */
  void only(String... names) throws PlanException {
    List<String> known = List.of(names);
    for (Map.Entry<String, Integer> field : lines.entrySet()) {
      if (!known.contains(field.getKey())) {
        throw new PlanException(
            field.getValue(),
            full(Lines.one(field.getKey()))
                + " is unknown, must be one of "
                + String.join(", ", known));
      }
    }
  }

  YamlFields mapping(String name) throws PlanException {
    if (!(needed(name) instanceof MappingNode mapping)) {
      throw wrongType(name, "a mapping");
    }
    return new YamlFields(full(name), lines.get(name), mapping);
  }

  List<Node> list(String name) throws PlanException {
    if (!(needed(name) instanceof SequenceNode sequence)) {
      throw wrongType(name, "a list");
    }
    return sequence.getValue();
  }

  /** One element of a list, read by somebody whose refusals begin with "must". */
  <T> T each(String name, Node node, Function<String, T> reader) throws PlanException {
    int at = line(node, line);
    if (!(node instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.STR)) {
      throw new PlanException(at, full(name) + " must be a string, not " + shown(node));
    }
    try {
      return reader.apply(scalar.getValue());
    } catch (IllegalArgumentException e) {
      throw new PlanException(at, full(name) + " " + e.getMessage());
    }
  }

  String text(String name) throws PlanException {
    return scalar(name, "a string", Tag.STR);
  }

  int integer(String name, int least, int most) throws PlanException {
    String text = scalar(name, "an integer", Tag.INT);
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Far out, or in another base: refused like any other.
    }
    String bound = least == most ? String.valueOf(least) : least + ".." + most;
    throw refused(name, "must be " + bound + ", not " + Lines.one(text));
  }

  double number(String name, double least, double most) throws PlanException {
    String text = scalar(name, "a number", Tag.INT, Tag.FLOAT);
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // .inf and .nan: refused like any other.
    }
    throw refused(
        name, "must be " + plain(least) + ".." + plain(most) + ", not " + Lines.one(text));
  }

  Duration duration(String name, Duration least, Duration most) throws PlanException {
    String text = scalar(name, "a duration such as PT2S", Tag.STR);
    Duration value = Durations.parse(text);
    if (value == null) {
      throw refused(name, "must be a duration such as PT2S, not " + Lines.quoted(text));
    }
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw refused(name, "must be " + least + ".." + most + ", not " + Lines.one(text));
    }
    return value;
  }

  /** A refusal of a field that is there. */
  PlanException refused(String name, String message) {
    return new PlanException(lines.get(name), full(name) + " " + message);
  }

  private String scalar(String name, String wanted, Tag... tags) throws PlanException {
    if (!(needed(name) instanceof ScalarNode scalar) || !List.of(tags).contains(scalar.getTag())) {
      throw wrongType(name, wanted);
    }
    return scalar.getValue();
  }

  private Node needed(String name) throws PlanException {
    Node node = values.get(name);
    if (node == null) {
      throw new PlanException(line, full(name) + " must be there");
    }
    return node;
  }

  private PlanException wrongType(String name, String wanted) {
    return refused(name, "must be " + wanted + ", not " + shown(values.get(name)));
  }

  private String full(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String shown(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getTag().equals(Tag.NULL) ? "empty" : Lines.quoted(scalar.getValue());
    }
    return node instanceof MappingNode ? "a mapping" : "a list";
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private static int line(Node node, int otherwise) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(otherwise);
  }
}
