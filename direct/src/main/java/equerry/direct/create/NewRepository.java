package equerry.direct.create;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.direct.create.ConfigPlan.Extent;
import equerry.direct.create.ConfigPlan.Places;
import equerry.registry.create.SpacedJson;
import equerry.registry.create.Universes;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A repository that is to be made; immutable, each method gives a changed copy.
///
/// ```java
/// NewRepository.at(Path.of("/data/survey")).create(System.getenv());
/// ```
///
/// makes a folder with a `butler.yaml` and a SQLite database that the stock package cannot tell from
/// one of its own.
public final class NewRepository {
  private final Path root;
  private final ConfigTree seed;
  private final String universe;
  private final Places places;
  private final Extent extent;
  private final Optional<Path> outfile;

  private NewRepository(
      Path root,
      ConfigTree seed,
      String universe,
      Places places,
      Extent extent,
      Optional<Path> outfile) {
    this.root = root;
    this.seed = seed;
    this.universe = universe;
    this.places = places;
    this.extent = extent;
    this.outfile = outfile;
  }

  /// With the defaults of the stock package: SQLite, one folder of files, the current universe.
  ///
  /// @param root the folder; it may exist if it has no `butler.yaml`
  public static NewRepository at(Path root) {
    return new NewRepository(
        root.toAbsolutePath().normalize(),
        new ConfigTree(),
        Universes.json(Universes.CURRENT),
        Places.STANDARD,
        Extent.NEEDED,
        Optional.empty());
  }

  /// With what a YAML file says, on top of the defaults and of earlier seeds.
  ///
  /// @throws ButlerException.Invalid (configuration) for a file that is missing or broken
  public NewRepository seededBy(Path file) {
    return seededBy(ConfigFile.read(file));
  }

  /// With what a mapping says, as parsed from a `butler.yaml`.
  public NewRepository seededBy(Map<String, ?> config) {
    return seededBy(new ConfigTree(config));
  }

  private NewRepository seededBy(ConfigTree more) {
    ConfigTree joined = seed.copy();
    joined.update(more);
    return new NewRepository(root, joined, universe, places, extent, outfile);
  }

  /// With its tables in a database.
  ///
  /// @param url `postgresql://USER@HOST:PORT/NAME` or `sqlite:///PATH`
  /// @param namespace the PostgreSQL schema, made if it is not there; empty for the database's own
  public NewRepository onDatabase(String url, Optional<String> namespace) {
    ConfigTree registry = new ConfigTree();
    registry.put(url, "registry", "db");
    namespace.ifPresent(name -> registry.put(name, "registry", "namespace"));
    return seededBy(registry);
  }

  /// With the universe of a version of the stock package.
  ///
  /// @throws ButlerException.NotFound (configuration) for an unknown version
  public NewRepository withUniverse(int version) {
    return new NewRepository(root, seed, Universes.json(version), places, extent, outfile);
  }

  /// With dimensions that a YAML or JSON file describes, in the form of the stock package.
  ///
  /// @throws ButlerException.Invalid (configuration) for a file that is missing or broken
  public NewRepository withDimensions(Path file) {
    ConfigTree description = ConfigFile.read(file);
    if (description.find("dimensions").isPresent()) {
      description = description.component("dimensions");
    }
    String json = SpacedJson.write(description.values());
    Universes.parse(json);
    return new NewRepository(root, seed, json, places, extent, outfile);
  }

  /// With all defaults written out, so that it does not change with those of its readers.
  public NewRepository standalone() {
    return new NewRepository(root, seed, universe, places, Extent.STANDALONE, outfile);
  }

  /// With the places of files and database that the seed has, instead of those below the root.
  public NewRepository keepingPlaces() {
    return new NewRepository(root, seed, universe, Places.OF_SEED, extent, outfile);
  }

  /// With its configuration in another file than `butler.yaml` below the root.
  ///
  /// @param file ends in `.yaml` or `.json`
  public NewRepository writingTo(Path file) {
    return new NewRepository(
        root, seed, universe, places, extent, Optional.of(file.toAbsolutePath()));
  }

  /// Makes the repository: first the tables in one transaction, last its configuration. What fails
  /// leaves nothing; a process that was killed in between is completed by the same call again.
  ///
  /// @param environment names logins of databases
  /// @return the file that opens it
  /// @throws ButlerException.Conflict (repository_exists) when there is one, or tables of any kind
  /// @throws ButlerException.Invalid (configuration)
  /// @throws ButlerException.Unavailable when the database cannot be reached or the folder not be
  ///     written to
  public Path create(Map<String, String> environment) {
    Path file = outfile.orElse(root.resolve("butler.yaml"));
    String name = String.valueOf(file.getFileName());
    if (!name.endsWith(".yaml") && !name.endsWith(".json")) {
      throw new ButlerException.Invalid(
          ErrorCode.CONFIGURATION,
          "The configuration file '" + name + "' must end in .yaml or .json.");
    }
    ConfigTree config = ConfigPlan.make(seed, places, extent);
    outfile.ifPresent(elsewhere -> config.put(folderUri(), "root"));
    return new Creation(root, file, config, universe, environment).run();
  }

  private String folderUri() {
    String uri = root.toUri().toString();
    return uri.endsWith("/") ? uri : uri + "/";
  }
}
