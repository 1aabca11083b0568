package equerry.api.where;

/// Describes trees without the positions of their nodes.
final class Shapes {
  private Shapes() {}

  static String of(Where where) {
    return where.syntax().map(Shapes::of).orElse("");
  }

  static String of(WhereSyntax tree) {
    return tree.toString().replaceAll("position=\\d+(, )?", "");
  }
}
