package equerry.direct.exchange.document;

import equerry.api.collection.CollectionType;
import equerry.api.time.Timespan;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A piece of a document, as it stands there: a definition, or some of the items of a list.
public sealed interface Part {
  /// Rows of a dimension element.
  ///
  /// @param element name of the element in the document's universe
  /// @param rows values by column
  record Records(String element, List<Map<String, @Nullable Object>> rows) implements Part {
    public Records {
      rows = List.copyOf(rows);
    }
  }

  /// A collection.
  ///
  /// @param doc its documentation, null for none
  /// @param children members of a chain, else empty
  record Definition(String name, CollectionType type, @Nullable String doc, List<String> children)
      implements Part {
    public Definition {
      children = List.copyOf(children);
    }
  }

  /// A dataset type.
  ///
  /// @param dimensions names in the document's universe
  record Type(String name, List<String> dimensions, String storageClass, boolean isCalibration)
      implements Part {
    public Type {
      dimensions = List.copyOf(dimensions);
    }
  }

  /// Datasets of a type in a run.
  record Datasets(String datasetType, String run, List<File> files) implements Part {
    public Datasets {
      files = List.copyOf(files);
    }
  }

  /// A file and the datasets in it.
  ///
  /// @param path a path below the folder of the files, or a URI; null where there is no file
  /// @param dataIds a data ID for each of the ids
  /// @param formatter name of the class that reads it, null for none
  record File(
      @Nullable String path,
      List<UUID> ids,
      List<Map<String, @Nullable Object>> dataIds,
      @Nullable String formatter) {
    public File {
      ids = List.copyOf(ids);
      dataIds = List.copyOf(dataIds);
    }
  }

  /// Members of a TAGGED collection.
  record Members(String collection, List<UUID> ids) implements Part {
    public Members {
      ids = List.copyOf(ids);
    }
  }

  /// Members of a CALIBRATION collection.
  record Certified(String collection, Timespan timespan, List<UUID> ids) implements Part {
    public Certified {
      ids = List.copyOf(ids);
    }
  }
}
