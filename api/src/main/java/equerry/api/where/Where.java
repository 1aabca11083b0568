package equerry.api.where;

import equerry.api.error.ButlerException;
import equerry.api.query.Predicate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A condition in the text language of butler queries, such as
/// `instrument = 'LSSTCam' AND visit IN (1..100) AND exposure.timespan OVERLAPS T'2025-05-01'`.
///
/// Keywords and functions count in any case, names do not. Nothing but space means no condition.
/// Parsing and binding take time linear in the text, but for NOT, which is pushed down once for
/// each level of it.
///
/// ```java
/// Predicate condition = Where.parse("visit = :v").bind(context);
/// ```
public final class Where {
  private final Source source;
  private final @Nullable WhereSyntax tree;

  private Where(Source source, @Nullable WhereSyntax tree) {
    this.source = source;
    this.tree = tree;
  }

  /// Reads a text within the default limits.
  ///
  /// @throws ButlerException.Invalid (invalid_query) pointing at the place that cannot be read
  public static Where parse(String text) {
    return parse(text, WhereLimits.DEFAULT);
  }

  /// Reads a text.
  ///
  /// @throws ButlerException.Invalid (invalid_query) pointing at the place that cannot be read, or
  ///     naming the limit that the text exceeds
  public static Where parse(String text, WhereLimits limits) {
    Source source = new Source(text);
    if (text.length() > limits.characters()) {
      throw Functions.invalid(
          "The where text has %d characters, more than the %d that the limit where.characters allows."
              .formatted(text.length(), limits.characters()));
    }
    return new Where(source, new Parser(source, limits).parse());
  }

  /// The tree, if there is any condition.
  public Optional<WhereSyntax> syntax() {
    return Optional.ofNullable(tree);
  }

  /// The condition that the text means in a query.
  ///
  /// @throws ButlerException.Invalid (invalid_query) pointing at a name that is unknown or ambiguous,
  ///     or at values whose types do not fit; (unimplemented_query) for regions of the sky
  public Predicate bind(WhereContext context) {
    return tree == null ? Predicate.TRUE : new Binder(source, context).condition(tree);
  }

  /// The text in a canonical form; reading it gives the same condition.
  @Override
  public String toString() {
    return tree == null ? "" : WherePrinter.print(tree);
  }
}
