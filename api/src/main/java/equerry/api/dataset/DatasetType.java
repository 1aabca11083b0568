package equerry.api.dataset;

import equerry.api.dimension.DimensionGroup;
import org.jspecify.annotations.Nullable;

/// A kind of dataset: what its data IDs are made of and how its files are read.
///
/// @param name its name; that of a component is `composite.component`
/// @param dimensions the dimensions of its data IDs
/// @param storageClass name of the storage class; opaque here
/// @param isCalibration whether its datasets can be certified for validity ranges
/// @param compositeStorageClass storage class of the whole when this is a component, else null
public record DatasetType(
    String name,
    DimensionGroup dimensions,
    String storageClass,
    boolean isCalibration,
    @Nullable String compositeStorageClass) {
  /// A type that is no component, as registries hold them.
  public DatasetType(
      String name, DimensionGroup dimensions, String storageClass, boolean isCalibration) {
    this(name, dimensions, storageClass, isCalibration, null);
  }

  /// The type of a component of this one.
  ///
  /// @param componentStorageClass storage class of the component
  public DatasetType componentType(String component, String componentStorageClass) {
    return new DatasetType(
        name + "." + component, dimensions, componentStorageClass, isCalibration, storageClass);
  }
}
