package equerry.datastore.template;

import java.util.List;

/// Collects what is wrong with a configuration, so that all of it is told at once.
///
/// @param where the section
/// @param found sentences without a full stop, added to as the section is read
public record Faults(String where, List<String> found) {
  /// The faults of a part of this section.
  public Faults in(String part) {
    return new Faults(where + "." + part, found);
  }

  /// Adds a fault, as the end of a sentence that begins with the section.
  public void add(String fault) {
    found.add(where + " " + fault);
  }
}
