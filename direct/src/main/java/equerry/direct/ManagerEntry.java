package equerry.direct;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// Names a manager in the text of a `butler.yaml`, and leaves everything else as it stands there:
/// comments, order and included files.
final class ManagerEntry {
  private static final String REGISTRY = "registry";
  private static final String MANAGERS = "managers";

  private ManagerEntry() {}

  /// Whether a configuration names a manager.
  static boolean isIn(String yaml, String manager) {
    return compose(yaml)
        .flatMap(root -> mapping(root, REGISTRY))
        .flatMap(registry -> mapping(registry, MANAGERS))
        .filter(managers -> find(managers, manager) != null)
        .isPresent();
  }

  /// The text with a manager; empty where its sections are not written as blocks.
  static Optional<String> added(String yaml, String manager, String className) {
    Optional<MappingNode> registry = compose(yaml).flatMap(root -> mapping(root, REGISTRY));
    Optional<MappingNode> managers = registry.flatMap(section -> mapping(section, MANAGERS));
    String entry = manager + ":\n%s  cls: " + className + "\n";
    if (managers.isPresent()) {
      return inserted(yaml, managers.get(), entry);
    }
    return registry
        .filter(section -> find(section, MANAGERS) == null)
        .flatMap(
            section ->
                inserted(
                    yaml,
                    section,
                    MANAGERS + ":\n%s  " + manager + ":\n%s    cls: " + className + "\n"));
  }

  private static Optional<String> inserted(String yaml, MappingNode block, String entry) {
    List<NodeTuple> entries = block.getValue();
    if (block.getFlowStyle() != FlowStyle.BLOCK || entries.isEmpty()) {
      return Optional.empty();
    }
    int column = entries.getFirst().getKeyNode().getStartMark().getColumn();
    String indent = " ".repeat(column);
    int at = yaml.offsetByCodePoints(0, block.getStartMark().getIndex()) - column;
    String lines = indent + entry.replace("%s", indent);
    return Optional.of(yaml.substring(0, at) + lines + yaml.substring(at));
  }

  private static Optional<MappingNode> compose(String yaml) {
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new java.io.StringReader(yaml));
      return root instanceof MappingNode mapping ? Optional.of(mapping) : Optional.empty();
    } catch (YAMLException broken) {
      return Optional.empty();
    }
  }

  private static Optional<MappingNode> mapping(MappingNode parent, String key) {
    return find(parent, key) instanceof MappingNode mapping
        ? Optional.of(mapping)
        : Optional.empty();
  }

  private static @Nullable Node find(MappingNode parent, String key) {
    for (NodeTuple entry : parent.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
        return entry.getValueNode();
      }
    }
    return null;
  }
}
