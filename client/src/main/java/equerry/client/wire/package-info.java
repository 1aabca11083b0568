/// The butler protocol's JSON: reading of requests, writing of answers.
///
/// Requests are small (but for uploads) and are read as trees, so that every fault can be reported
/// with the path of the value at fault. Answers are written as bytes while rows are read. Names are
/// resolved against the universe of the repository that is asked.
package equerry.client.wire;
