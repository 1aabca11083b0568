/// The live ObsCore table: a row for each dataset that a repository tells astronomers about, in the
/// columns of the IVOA's ObsCore recommendation (<https://www.ivoa.net/documents/ObsCore/>).
///
/// It is optional. A repository that has it keeps its configuration among its attributes; every
/// writer keeps the table, since the stock package has no other way to bring it up to date.
package equerry.registry.obscore;
