package equerry.direct.exchange;

import equerry.api.file.FileSource;
import equerry.api.file.StoredFile;
import equerry.direct.DirectButler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The files of a butler that reads its datastores itself.
public record StoredFiles(DirectButler butler) implements FileSource {
  @Override
  public Map<UUID, List<Located>> find(List<UUID> ids) {
    Map<UUID, List<Located>> located = new LinkedHashMap<>();
    butler
        .files()
        .findAll(ids)
        .forEach((id, files) -> located.put(id, files.stream().map(this::locate).toList()));
    return located;
  }

  private Located locate(StoredFile file) {
    String uri =
        butler.datastores().find(file.datastore()).orElseThrow().locate(file.record()).toString();
    int hash = uri.indexOf('#');
    return new Located(file.record(), hash < 0 ? uri : uri.substring(0, hash));
  }

  @Override
  public Lifetime lifetime() {
    return Lifetime.LASTING;
  }
}
