package equerry.cli.query;

import equerry.api.Butler;
import equerry.api.ColumnType;
import equerry.api.collection.CollectionInfo;
import equerry.api.collection.CollectionSearch;
import equerry.api.collection.CollectionSearch.Chains;
import equerry.api.collection.CollectionSearch.Detail;
import equerry.api.collection.CollectionType;
import equerry.cli.shell.OutputColumn;
import equerry.cli.shell.OutputFormat;
import equerry.registry.catalog.Globs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The rows of `query-collections`.
///
/// In tables a relative or a dataset type has a line of its own; the other formats have one row for
/// each collection, with lists, and tell the depth in a tree as a number.
final class CollectionListing {
  static final Chains FLATTENED = new Chains(true, false);
  static final Chains AS_THEY_ARE = new Chains(false, true);

  private static final OutputColumn NAME = OutputColumn.text("Name", "name");
  private static final OutputColumn TYPE = OutputColumn.text("Type", "type");
  private static final OutputColumn LEVEL = new OutputColumn("Level", "level", ColumnType.INT);
  private static final OutputColumn TYPES = OutputColumn.text("Dataset Types", "dataset_types");

  private final Butler butler;
  private final Request request;
  private final Set<Detail> details = EnumSet.noneOf(Detail.class);
  private final List<Predicate<String>> excluded;
  private @Nullable Map<String, CollectionInfo> everything;

  /// What to list.
  ///
  /// @param expression names and globs of collections
  /// @param wanted the types to list
  /// @param types whether to tell the dataset types
  /// @param excluded globs of dataset types that are not told
  /// @param format table, or one of the formats with lists
  record Request(
      List<String> expression,
      Set<CollectionType> wanted,
      Types types,
      List<String> excluded,
      OutputFormat format) {}

  /// Whether dataset types are told.
  enum Types {
    SHOWN,
    LEFT_OUT
  }

  /// Which relatives are told.
  enum Relatives {
    CHILDREN("Children", "children"),
    PARENTS("Parents", "parents");

    private final OutputColumn column;

    Relatives(String title, String key) {
      this.column = OutputColumn.text(title, key);
    }
  }

  /// Columns and rows.
  record Content(List<OutputColumn> columns, List<List<@Nullable Object>> rows) {}

  CollectionListing(Butler butler, Request request) {
    this.butler = butler;
    this.request = request;
    this.excluded = request.excluded().stream().map(Globs::matcher).toList();
    if (request.types() == Types.SHOWN) {
      details.add(Detail.SUMMARY);
    }
  }

  private boolean isTable() {
    return request.format() == OutputFormat.TABLE;
  }

  /// One list, in the order of the butler's answer.
  Content flat(Chains chains) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (CollectionInfo info : search(request.expression(), request.wanted(), chains)) {
      rows.add(row(info, info.name()));
    }
    return new Content(columns(NAME, TYPE), rows);
  }

  private List<@Nullable Object> row(CollectionInfo info, Object... name) {
    List<@Nullable Object> row = new ArrayList<>(List.of(name));
    row.add(1, info.type().name());
    addTypes(row, info);
    return row;
  }

  /// Relatives below each collection.
  Content tree(Relatives relatives) {
    addDetail(relatives);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    selected().forEach(info -> grow(info, relatives, 0, rows));
    return new Content(isTable() ? columns(NAME, TYPE) : columns(NAME, TYPE, LEVEL), rows);
  }

  private void grow(
      CollectionInfo info, Relatives relatives, int level, List<List<@Nullable Object>> rows) {
    if (!isTable()) {
      rows.add(row(info, info.name(), (long) level));
    } else if (info.type() == CollectionType.CHAINED) {
      List<@Nullable Object> row = new ArrayList<>();
      row.add("  ".repeat(level) + info.name());
      row.add(info.type().name());
      if (request.types() == Types.SHOWN) {
        row.add("");
      }
      rows.add(row);
    } else {
      rows.add(row(info, "  ".repeat(level) + info.name()));
    }
    for (String name : relatives(info, relatives)) {
      grow(named(name), relatives, level + 1, rows);
    }
  }

  /// Relatives in a column.
  Content table(Relatives relatives) {
    addDetail(relatives);
    List<CollectionInfo> infos = selected();
    boolean hasRelatives =
        switch (relatives) {
          case CHILDREN -> infos.stream().anyMatch(i -> i.type() == CollectionType.CHAINED);
          case PARENTS -> infos.stream().anyMatch(i -> !relatives(i, relatives).isEmpty());
        };
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (CollectionInfo info : infos) {
      List<String> names = relatives(info, relatives);
      if (!hasRelatives) {
        rows.add(row(info, info.name()));
      } else if (isTable() && !names.isEmpty()) {
        addLines(info, names, rows);
      } else {
        rows.add(row(info, info.name(), isTable() ? "" : names));
      }
    }
    return new Content(
        hasRelatives ? columns(NAME, TYPE, relatives.column) : columns(NAME, TYPE), rows);
  }

  /// A line for each relative, with the dataset types of that one.
  private void addLines(
      CollectionInfo info, List<String> names, List<List<@Nullable Object>> rows) {
    for (int i = 0; i < names.size(); i++) {
      List<@Nullable Object> row = new ArrayList<>();
      row.add(i == 0 ? info.name() : "");
      row.add(i == 0 ? info.type().name() : "");
      row.add(names.get(i));
      if (request.types() == Types.SHOWN) {
        addTypes(row, named(names.get(i)));
      }
      rows.add(row);
    }
  }

  private void addTypes(List<@Nullable Object> row, CollectionInfo info) {
    Set<String> held = info.datasetTypes();
    if (request.types() == Types.SHOWN) {
      row.add(
          (held == null ? Set.<String>of() : held)
              .stream()
                  .filter(type -> excluded.stream().noneMatch(glob -> glob.test(type)))
                  .sorted()
                  .toList());
    }
  }

  private List<OutputColumn> columns(OutputColumn... some) {
    List<OutputColumn> columns = new ArrayList<>(List.of(some));
    if (request.types() == Types.SHOWN) {
      columns.add(TYPES);
    }
    return columns;
  }

  private static List<String> relatives(CollectionInfo info, Relatives relatives) {
    return switch (relatives) {
      case CHILDREN -> info.children();
      case PARENTS -> {
        Set<String> parents = info.parents();
        yield parents == null ? List.of() : parents.stream().sorted().toList();
      }
    };
  }

  private void addDetail(Relatives relatives) {
    if (relatives == Relatives.PARENTS) {
      details.add(Detail.PARENTS);
    }
  }

  private List<CollectionInfo> selected() {
    return search(request.expression(), request.wanted(), AS_THEY_ARE).stream()
        .sorted(Comparator.comparing(CollectionInfo::name))
        .toList();
  }

  private CollectionInfo named(String name) {
    Map<String, CollectionInfo> known = everything;
    if (known == null) {
      known = new HashMap<>();
      for (CollectionInfo info :
          search(List.of("*"), EnumSet.allOf(CollectionType.class), AS_THEY_ARE)) {
        known.put(info.name(), info);
      }
      everything = known;
    }
    CollectionInfo info = known.get(name);
    return info == null ? butler.collections().load(name) : info;
  }

  private List<CollectionInfo> search(
      List<String> expression, Set<CollectionType> wanted, Chains chains) {
    return DatasetConstraint.search(
        butler, new CollectionSearch(expression, wanted, chains, details, null));
  }
}
