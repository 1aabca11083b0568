/// Queries that are put together step by step and answer with typed objects, on any butler.
///
/// Start at [equerry.api.selection.Selection]. Everything here is made of [equerry.api.query] and
/// [equerry.api.where]; a butler need not know of it.
package equerry.api.selection;
