package equerry.registry.catalog;

import equerry.api.collection.CollectionType;

/// A row of the collection table.
///
/// @param key what other tables call it: a [Long] or its name
public record CollectionRow(Object key, String name, CollectionType type) {}
