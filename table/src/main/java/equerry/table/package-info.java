/// Answers to queries as tables, for those who read a million rows at once.
///
/// [equerry.table.ResultTable] gives the rows of any result flat names and plain values;
/// [equerry.table.TableFormat] writes them, as they come, in the formats that astronomers' tools
/// read.
package equerry.table;
