package equerry.datastore.storage;

import equerry.api.error.ButlerException;
import equerry.api.error.ErrorCode;
import equerry.datastore.location.PathText;
import equerry.datastore.location.ResourceUri;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads what a WebDAV server says is in a folder (`PROPFIND` with depth 1).
final class WebListing {
  private static final String QUESTION =
      "<?xml version=\"1.0\"?><propfind xmlns=\"DAV:\"><prop><resourcetype/>"
          + "<getcontentlength/><getlastmodified/></prop></propfind>";

  private WebListing() {}

  /// A file or folder in a folder.
  ///
  /// @param sizeBytes its size, -1 when the server does not say
  /// @param changedAt when it was written, the distant future when the server does not say
  record Entry(ResourceUri uri, boolean isFolder, long sizeBytes, Instant changedAt) {}

  /// The entries of a folder; none when there is no such folder.
  static List<Entry> of(WebClient client, ResourceUri folder) {
    HttpResponse<InputStream> answer =
        client.send(
            folder,
            "PROPFIND",
            BodyPublishers.ofString(QUESTION),
            BodyHandlers.ofInputStream(),
            "Depth",
            "1",
            "Content-Type",
            "application/xml");
    try (InputStream body = answer.body()) {
      if (answer.statusCode() == 404) {
        return List.of();
      }
      WebFaults.refuseRead(folder, answer.statusCode());
      return read(folder, body);
    } catch (IOException | XMLStreamException | IllegalArgumentException e) {
      throw new ButlerException.Unavailable(
          ErrorCode.FILE_UNAVAILABLE,
          "The folder '" + PathText.name(folder.path()) + "' of a web server cannot be listed.",
          e);
    }
  }

  private static List<Entry> read(ResourceUri folder, InputStream body) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader xml = factory.createXMLStreamReader(body);
    List<Entry> entries = new ArrayList<>();
    while (xml.hasNext()) {
      if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("response")) {
        Entry entry = readResponse(folder, xml);
        boolean isBelow =
            entry.uri().path().startsWith(folder.path())
                && entry.uri().path().length() > folder.path().length();
        if (isBelow) {
          entries.add(entry);
        }
      }
    }
    return entries;
  }

  private static Entry readResponse(ResourceUri folder, XMLStreamReader xml)
      throws XMLStreamException {
    String path = "";
    long size = -1;
    boolean isFolder = false;
    Instant changedAt = Instant.MAX;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("response")) {
        break;
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "href" -> path = URI.create(xml.getElementText().strip()).getRawPath();
          case "collection" -> isFolder = true;
          case "getcontentlength" -> {
            String text = xml.getElementText().strip();
            size = text.isEmpty() ? -1 : Long.parseLong(text);
          }
          case "getlastmodified" -> changedAt = time(xml.getElementText().strip());
          default -> {}
        }
      }
    }
    ResourceUri uri = WebAddress.at(folder, path);
    return new Entry(isFolder ? uri.asDirectory() : uri, isFolder, size, changedAt);
  }

  private static Instant time(String text) {
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
    } catch (DateTimeParseException unusual) {
      return Instant.MAX;
    }
  }
}
