package equerry.client.remote;

import equerry.api.dataset.DatasetLookup;
import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.api.file.Files;
import equerry.api.file.StoredFile;
import equerry.client.wire.AnswerReader;
import equerry.client.wire.AnswerReader.DatasetLinks;
import equerry.client.wire.FileLink;
import equerry.client.wire.RequestWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The files of a remote repository: records, links, and the files themselves. Safe for many
/// threads.
public final class RemoteFiles implements Files {
  /// What stands for the name of the datastore, which the protocol does not tell.
  public static final String DATASTORE = "(not told)";

  private final Server server;
  private final RequestWriter requests;
  private final AnswerReader answers;
  private final int idsPerRequest;

  RemoteFiles(Server server, RequestWriter requests, AnswerReader answers, int idsPerRequest) {
    this.server = server;
    this.requests = requests;
    this.answers = answers;
    this.idsPerRequest = idsPerRequest;
  }

  @Override
  public Optional<DatasetFiles> find(UUID id) {
    return findLinks(id).map(RemoteFiles::withoutLinks);
  }

  @Override
  public DatasetFiles load(DatasetLookup lookup) {
    return withoutLinks(loadLinks(lookup));
  }

  @Override
  public Map<UUID, List<StoredFile>> findAll(List<UUID> ids) {
    Map<UUID, List<StoredFile>> files = new LinkedHashMap<>();
    findAllLinks(ids).forEach((id, links) -> files.put(id, stored(links)));
    return files;
  }

  private static DatasetFiles withoutLinks(DatasetLinks found) {
    return new DatasetFiles(found.ref(), stored(found.links()));
  }

  private static List<StoredFile> stored(List<FileLink> links) {
    return links.stream().map(link -> new StoredFile(DATASTORE, link.record())).toList();
  }

  /// Links to the files of a dataset by identity. They work for a time that the server sets, often
  /// an hour.
  public Optional<DatasetLinks> findLinks(UUID id) {
    try {
      return Optional.of(server.get("v1/get_file/" + id, answers::files));
    } catch (ButlerException.NotFound e) {
      if (e.code() == ErrorCode.DATASET_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// Links to the files of the first dataset that fits, as [#load] finds it.
  public DatasetLinks loadLinks(DatasetLookup lookup) {
    return server.post("v1/get_file_by_data_id", requests.fileByDataId(lookup), answers::files);
  }

  /// Links to the files of many datasets, made for copies that take long: they lead to the server,
  /// which makes a fresh link at each use. Datasets without files are left out.
  public Map<UUID, List<FileLink>> findAllLinks(List<UUID> ids) {
    Map<UUID, List<FileLink>> links = new LinkedHashMap<>();
    for (int from = 0; from < ids.size(); from += idsPerRequest) {
      List<UUID> part = ids.subList(from, Math.min(ids.size(), from + idsPerRequest));
      links.putAll(server.post("v1/file_transfer", requests.datasetIds(part), answers::transfers));
    }
    return links;
  }

  /// Downloads a file; a member of a zip archive is taken out of it.
  ///
  /// The file appears at its place only when it is complete and has the size of its record. What a
  /// cut download has left, a file beside it named after the dataset, is where the next goes on.
  ///
  /// @param target where the file is to be; its folder must exist, and a file there is replaced
  /// @throws ButlerException.NotFound when there is no file behind the link
  /// @throws ButlerException.Denied when the link has expired, or wants another token
  /// @throws ButlerException.Unavailable (file_unavailable) when it cannot be had, or written
  public void download(FileLink link, Path target) {
    new Download(server.transport(), server.credentials(), link).to(target);
  }
}
