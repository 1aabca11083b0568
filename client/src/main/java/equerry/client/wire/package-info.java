/// The butler protocol's JSON: requests and answers, read and written.
///
/// Requests are small (but for uploads) and are read as trees, so that every fault can be reported
/// with the path of the value at fault. Answers are written as bytes while rows are read. Names are
/// resolved against the universe of the repository that is asked.
///
/// What a server reads and a client writes is in `Wire…` and the readers of queries; what a client
/// reads and writes goes through [equerry.client.wire.RequestWriter],
/// [equerry.client.wire.AnswerReader] and [equerry.client.wire.PageReader].
package equerry.client.wire;
