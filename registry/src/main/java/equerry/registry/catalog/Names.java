package equerry.registry.catalog;

import java.util.Map;

/// What was read of the names in a query.
///
/// @param types dataset types by name
/// @param scope collections with the members of chains
/// @param summaries summaries of all of them that are no chains, as far as these dataset types go
public record Names(Map<String, TypeRow> types, Scope scope, Map<Object, Summary> summaries) {}
