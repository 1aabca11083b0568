/// Looks for what is wrong with a repository, tables and files, and mends what can be mended without
/// losing anything.
package equerry.direct.doctor;
