/// Writes what a registry holds: a class for each noun, all on the transaction of one
/// [equerry.registry.write.RegistryChanges].
package equerry.registry.write;
