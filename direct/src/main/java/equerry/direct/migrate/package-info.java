/// Brings old repositories up to date.
package equerry.direct.migrate;
