/// Export documents: what a repository's rows look like in a file, in the format that the stock
/// package writes and reads.
///
/// A [equerry.direct.exchange.document.DocumentReader] gives the [equerry.direct.exchange.document.Part]s
/// as they stand there; a [equerry.direct.exchange.document.Meaning] makes records, types and
/// datasets of a universe of them, which may be a later one than the document's.
package equerry.direct.exchange.document;
