/// Brings the tables of old repositories up to date.
package equerry.registry.migrate;
