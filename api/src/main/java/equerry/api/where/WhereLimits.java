package equerry.api.where;

/// How large a text may be that someone else wrote.
///
/// @param characters `where.characters`: its length
/// @param nesting `where.nesting`: how deep parentheses, NOT, signs and arithmetic may nest; keeps
///     every pass over the tree, and the SQL made of it, within the stack
/// @param operands `where.operands`: how many names, values and functions it may have
public record WhereLimits(int characters, int nesting, int operands) {
  /// Room for a list of 20,000 visits.
  public static final WhereLimits DEFAULT = new WhereLimits(500_000, 500, 20_000);

  public WhereLimits {
    if (characters < 1 || nesting < 1 || operands < 1) {
      throw new IllegalArgumentException("Limits of where texts must be positive");
    }
  }
}
