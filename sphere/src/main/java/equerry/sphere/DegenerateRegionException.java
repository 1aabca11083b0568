package equerry.sphere;

/// No region or direction can be made of these numbers: points on one great circle, a hull that is
/// the whole sphere, a zero vector, an impossible angle.
public class DegenerateRegionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public DegenerateRegionException(String message) {
    super(message);
  }
}
