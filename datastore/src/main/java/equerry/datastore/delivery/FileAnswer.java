package equerry.datastore.delivery;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to answer to a request for a file.
///
/// The headers are complete and must go out as they are: in particular the body must not be
/// compressed on the way, since `Content-Length` and ranges count the bytes of the file.
///
/// @param status 200, 206, 304 or 416
/// @param headers response headers by name, in order
/// @param body bytes to send after the headers, null when there are none (304, 416); for `HEAD`
///     leave them out
public record FileAnswer(int status, Map<String, String> headers, @Nullable FileSlice body) {}
