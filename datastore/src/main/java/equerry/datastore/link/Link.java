package equerry.datastore.link;

/// A URL that opens a file.
///
/// @param url an http or https URL, with the fragment of the record (`#zip-path=…`)
/// @param auth what the client must send along
public record Link(String url, LinkAuth auth) {}
