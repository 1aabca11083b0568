package equerry.api.dataset;

import equerry.api.dimension.DimensionGroup;

/// A kind of dataset: what its data IDs are made of and how its files are read.
///
/// @param name its name, without a component
/// @param dimensions the dimensions of its data IDs
/// @param storageClass name of the storage class; opaque here
/// @param isCalibration whether its datasets can be certified for validity ranges
public record DatasetType(
    String name, DimensionGroup dimensions, String storageClass, boolean isCalibration) {}
