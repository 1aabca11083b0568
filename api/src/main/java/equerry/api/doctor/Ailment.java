package equerry.api.doctor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Something that can be wrong with a repository, in the order in which it is looked for and mended:
/// later remedies build on earlier ones.
///
/// Mending loses nothing: rows are added that others imply, or deleted that mean nothing any more;
/// files are deleted that no row names. What would lose something is left to a person.
public enum Ailment {
  MISSING_TABLES("tables that the schema has and the database has not", "makes them, empty"),
  LEFTOVER_ROWS(
      "rows that were to go with a collection, dataset or record that is gone",
      "deletes them, as the database does with foreign keys on"),
  BROKEN_REFERENCES(
      "rows that refer to rows that are gone",
      "cannot mend them: what they refer to must be put back by somebody who knows it"),
  MISSING_SUMMARIES(
      "collections that hold datasets their summary does not tell of, which queries do not find",
      "adds the rows of the summary"),
  MISSING_TAGS(
      "datasets whose run does not list them, which cannot be found",
      "copies their data ID from another collection; of a dataset in no other it is known nowhere"),
  MISSING_OVERLAP_SUMMARIES(
      "instruments or skymaps whose pixels of regions are not marked as kept", "adds the rows"),
  WRONG_OVERLAPS(
      "dimension records whose pixels are not those of their region, which spatial searches miss",
      "computes the pixels again; of a region that cannot be read it cannot"),
  AMBIGUOUS_CALIBRATIONS(
      "calibrations of one data ID that are valid at the same time, so that none can be chosen",
      "cannot say which one is right: decertify the other"),
  UNKNOWN_DATASTORES(
      "datasets in datastores that the configuration does not name",
      "cannot tell whether the datastore is gone or the configuration is wrong"),
  LIVE_TRASH(
      "datasets that are stored and in the trash at once, whose files would be deleted",
      "takes them out of the trash"),
  MISSING_LOCATIONS(
      "file records of datasets that are said to be stored nowhere",
      "says that they are stored; those of no dataset go to the trash"),
  MISSING_RECORDS(
      "datasets that are said to be stored, without a file record",
      "adds the record where the file is at its expected place"),
  TRASH("datasets in the trash whose files are not deleted yet", "deletes the files"),
  SHARED_PATHS(
      "files that several datasets claim, though each was written for itself: the last one written"
          + " is there, the others are lost",
      "cannot bring back what was overwritten"),
  MISSING_FILES(
      "datasets whose file is gone", "cannot bring it back; --forget-lost forgets the datasets"),
  WRONG_SIZES(
      "datasets whose file has another size than their record says",
      "cannot tell whether the file or the record is right"),
  STRAY_FILES("files in a datastore's folder that no dataset has", "deletes them"),
  UNFINISHED_FILES("files that a writer had begun and never finished", "deletes them");

  private final String found;
  private final String remedy;

  Ailment(String found, String remedy) {
    this.found = found;
    this.remedy = remedy;
  }

  /// The ailment of a name as [#label] spells it.
  public static Optional<Ailment> find(String label) {
    return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
  }

  /// The name in commands and reports.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What it is that there are too many of, for a sentence that begins with their number.
  public String found() {
    return found;
  }

  /// What mending does, for a sentence that begins with who does it.
  public String remedy() {
    return remedy;
  }
}
