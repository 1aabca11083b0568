package equerry.direct.create;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a new repository's `butler.yaml` holds.
///
/// The rules are those of the stock package's `Butler.makeRepo`: what a seed says, with the places of
/// files and tables set to those below the repository's root, and with the classes that make the
/// tables written out, since they must never change.
final class ConfigPlan {
  private static final String ROOT = "<butlerRoot>";
  private static final String PACKAGE = "lsst.daf.butler.datastores.";
  private static final String FILE = PACKAGE + "fileDatastore.FileDatastore";
  private static final String MEMORY = PACKAGE + "inMemoryDatastore.InMemoryDatastore";
  private static final String CHAIN = PACKAGE + "chainedDatastore.ChainedDatastore";
  private static final String CHILDREN = "datastores";

  private static final Logger LOG = LoggerFactory.getLogger(ConfigPlan.class);
  private final ConfigTree defaults = ConfigFile.defaults();
  private final ConfigTree config;
  private final ConfigTree full;

  /// Which places win.
  enum Places {
    /// Those below the root.
    STANDARD,
    /// Those that the seed has.
    OF_SEED
  }

  /// How much is written.
  enum Extent {
    /// What cannot come from a reader's own defaults.
    NEEDED,
    /// All defaults.
    STANDALONE
  }

  private ConfigPlan(ConfigTree seed) {
    this.config = seed.copy();
    config.remove("root");
    for (String component : List.of("datastore", "registry", "storageClasses")) {
      if (config.find(component).isPresent()) {
        config.put(config.component(component), component);
      }
    }
    if (className(config.section("datastore")).equals(CHAIN)) {
      expandChildren();
    }
    this.full = defaults.copy();
    if (!className(config.section("datastore")).equals(FILE)) {
      full.put(Map.of("cls", FILE), "datastore");
    }
    full.update(config);
  }

  /// @param seed what somebody gave
  static ConfigTree make(ConfigTree seed, Places places, Extent extent) {
    ConfigPlan plan = new ConfigPlan(seed);
    plan.place(places);
    switch (extent) {
      case NEEDED -> {
        ConfigTree managers = plan.config.section("registry", "managers");
        managers.merge(plan.full.section("registry", "managers"));
        plan.config.put(managers, "registry", "managers");
      }
      case STANDALONE -> plan.config.merge(plan.full);
    }
    plan.leaveOutHalfAnObscore();
    return plan.config;
  }

  /// A `butler.yaml` of another repository names the class of ObsCore rows without their
  /// configuration, which is in that repository's database.
  private void leaveOutHalfAnObscore() {
    String[] obscore = {"registry", "managers", "obscore"};
    boolean whole = config.find("registry", "managers", "obscore", "config").isPresent();
    if (config.find(obscore).isPresent() && !whole) {
      LOG.warn("There will be no table of ObsCore rows: registry.managers.obscore has no config.");
      config.remove(obscore);
    }
    if (whole && !(config.find("registry", "managers", "obscore", "config").get() instanceof Map)) {
      throw invalid("registry.managers.obscore.config must be a mapping");
    }
  }

  private static String className(ConfigTree datastore) {
    return datastore.find("cls").map(String::valueOf).orElse(FILE);
  }

  /// Datastores of a chain are written out with all their defaults, as the stock package does.
  private void expandChildren() {
    List<ConfigTree> children = new ArrayList<>();
    for (Object child : children(config.section("datastore"))) {
      children.add(expanded(child));
    }
    config.put(children, "datastore", CHILDREN);
  }

  private ConfigTree expanded(Object child) {
    if (!(child instanceof Map<?, ?> map)) {
      throw invalid("datastore.datastores holds " + child + ", where a mapping is expected");
    }
    ConfigTree own = new ConfigTree(map);
    if (own.find("datastore").isPresent()) {
      own = own.component("datastore");
    }
    String cls = className(own);
    ConfigTree expanded = new ConfigTree();
    if (cls.equals(FILE)) {
      expanded.update(defaults.section("datastore"));
    }
    expanded.update(own);
    expanded.put(cls, "cls");
    return expanded;
  }

  private static List<?> children(ConfigTree chain) {
    Optional<Object> children = chain.find(CHILDREN);
    if (children.isPresent() && children.get() instanceof List<?> list && !list.isEmpty()) {
      return list;
    }
    throw invalid("datastore.datastores must list the datastores of the chain");
  }

  private void place(Places places) {
    ConfigTree datastore = config.section("datastore");
    String cls = className(full.section("datastore"));
    switch (cls) {
      case FILE -> place(datastore, full.section("datastore"), ROOT, places);
      case CHAIN -> placeChildren(datastore, places);
      case MEMORY -> {}
      default -> throw unknown(cls);
    }
    if (!datastore.isEmpty()) {
      config.put(datastore, "datastore");
    }
    placeDatabase(places);
  }

  private void placeChildren(ConfigTree chain, Places places) {
    List<ConfigTree> placed = new ArrayList<>();
    for (Object child : children(chain)) {
      ConfigTree store = new ConfigTree((Map<?, ?>) child);
      String cls = className(store);
      String name = cls.substring(cls.lastIndexOf('.') + 1);
      switch (cls) {
        case FILE -> place(store, store.copy(), ROOT + "/" + name + "_" + placed.size(), places);
        case MEMORY -> {}
        default -> throw unknown(cls);
      }
      placed.add(store);
    }
    chain.put(placed, CHILDREN);
  }

  private static void place(ConfigTree datastore, ConfigTree complete, String root, Places places) {
    Object table = complete.find("records", "table").orElseThrow();
    switch (places) {
      case STANDARD -> {
        datastore.put(root, "root");
        datastore.put(FILE, "cls");
        datastore.put(table, "records", "table");
      }
      case OF_SEED -> {
        datastore.putIfAbsent(root, "root");
        datastore.putIfAbsent(FILE, "cls");
        datastore.putIfAbsent(table, "records", "table");
      }
    }
  }

  private void placeDatabase(Places places) {
    Object database = full.find("registry", "db").orElseThrow();
    boolean sqlite = database.toString().startsWith("sqlite");
    Object standard = sqlite ? "sqlite:///" + ROOT + "/gen3.sqlite3" : database;
    switch (places) {
      case STANDARD -> config.put(standard, "registry", "db");
      case OF_SEED -> config.putIfAbsent(standard, "registry", "db");
    }
  }

  private static ButlerException unknown(String cls) {
    return invalid(
        "the datastore class '" + cls + "' is unknown; known are " + List.of(FILE, CHAIN, MEMORY));
  }

  private static ButlerException invalid(String fact) {
    return new ButlerException.Invalid(
        ErrorCode.CONFIGURATION, "The configuration cannot be used: " + fact + ".");
  }
}
