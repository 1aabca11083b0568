package equerry.direct.exchange;

import equerry.api.Changes;
import equerry.api.collection.CollectionType;
import equerry.api.dataset.DatasetRef;
import equerry.api.dataset.DatasetType;
import equerry.api.dimension.DimensionElement;
import equerry.api.dimension.DimensionRecord;
import equerry.api.dimension.RecordEdits.OnConflict;
import equerry.api.file.ReceivedDataset;
import equerry.api.file.TransferMode;
import java.util.List;
import java.util.Map;

/// A page of datasets of another repository, in terms of the one that takes them, with all that is
/// to be written for them.
///
/// @param newTypes dataset types to register
/// @param runs documentation of the runs to register, empty for none
/// @param records dimension records to insert where they are missing, elements in order
/// @param refs the datasets
/// @param files the files of those that have none here
record TransferPage(
    List<DatasetType> newTypes,
    Map<String, String> runs,
    Map<DimensionElement, List<DimensionRecord>> records,
    List<DatasetRef> refs,
    List<ReceivedDataset> files) {

  void write(Changes changes, TransferMode mode) {
    newTypes.forEach(changes.datasetTypes()::register);
    runs.forEach(
        (run, doc) ->
            changes.collections().register(run, CollectionType.RUN, doc.isEmpty() ? null : doc));
    records.values().forEach(some -> changes.records().insert(some, OnConflict.SKIP));
    changes.datasets().adopt(refs);
    if (!files.isEmpty()) {
      changes.files().receive(files, mode);
    }
  }
}
