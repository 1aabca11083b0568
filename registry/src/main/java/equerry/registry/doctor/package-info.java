/// Looks for what is wrong with the tables of a registry, and mends what can be mended without
/// losing anything.
///
/// Constraints of the database forbid most of it. They do not where a program wrote to SQLite
/// without foreign keys, where tables were made or changed by hand, or where rows follow from others
/// in a way that no constraint can say.
package equerry.registry.doctor;
