package equerry.sphere;

/// Bytes or text that should describe a region do not.
public class RegionFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public RegionFormatException(String message) {
    super(message);
  }

  public RegionFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
