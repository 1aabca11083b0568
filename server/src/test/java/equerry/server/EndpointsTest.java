package equerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The answers have the form of those that the stock server was seen to give.
class EndpointsTest {
  private static final String REF =
      "{'id':'51352db4-a47a-447c-b12d-a50b206b17cd','datasetType':{'name':'bias','storageClass':"
          + "'Exposure','dimensions':['instrument','detector'],'parentStorageClass':null,"
          + "'isCalibration':true},'dataId':{'dataId':{'instrument':'Cam1','detector':2},"
          + "'records':null},'run':'run/1','component':null}";

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void expectGet(String path, String body) {
    HttpResponse<String> response = server.get(path);
    assertThat(response.body()).isEqualTo(TestServer.json(body));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  private void expectPost(String endpoint, String request, String body) {
    HttpResponse<String> response = server.post(TestServer.API + endpoint, request);
    assertThat(response.body()).isEqualTo(TestServer.json(body));
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void tellsClientsTheirConfiguration() {
    String configuration =
        "{'cls':'lsst.daf.butler.remote_butler.RemoteButler','remote_butler':{'url':'<butlerRoot>',"
            + "'authentication':'rubin_science_platform'}}";
    expectGet("/api/butler/repo/test/butler.yaml", configuration);
    expectGet("/api/butler/repo/test/butler.json", configuration);
    assertThat(server.get("/").body()).startsWith("{\"name\":\"butler\",\"version\":\"");
  }

  @Test
  void findsDatasets() {
    expectPost("find_dataset", TestServer.LOOKUP.formatted("bias"), "{'dataset_ref':" + REF + "}");
    expectPost(
        "find_dataset",
        "{'dataset_type':'bias','data_id':{},'collections':[]}",
        "{'dataset_ref':null}");
    expectGet(
        TestServer.API + "dataset/" + FakeButler.ID + "?dimension_records=false",
        "{'dataset_ref':" + REF + "}");
    expectGet(
        TestServer.API + "dataset/00000000-0000-4000-8000-000000000000", "{'dataset_ref':null}");
    expectPost(
        "datasets",
        "{'dataset_ids':['" + FakeButler.ID + "','00000000-0000-4000-8000-000000000000']}",
        "{'type':'dataset_ref','rows':[" + REF + "]}");
  }

  @Test
  void findsDatasetTypes() {
    String bias =
        "{'name':'bias','storageClass':'Exposure','dimensions':['instrument','detector'],"
            + "'parentStorageClass':null,'isCalibration':true}";
    expectGet(TestServer.API + "dataset_type/bias", "{'dataset_type':" + bias + "}");
    expectPost(
        "query_dataset_types",
        "{'search':['b*','nosuch']}",
        "{'dataset_types':[" + bias + "],'missing':['b*','nosuch']}");
  }

  /// Clients before release 30 ask for these when they read a component.
  @Test
  void findsDatasetTypesOfComponents() {
    expectGet(
        TestServer.API + "dataset_type/bias.wcs",
        "{'dataset_type':{'name':'bias.wcs','storageClass':'Wcs',"
            + "'dimensions':['instrument','detector'],'parentStorageClass':'Exposure',"
            + "'isCalibration':true}}");
    HttpResponse<String> unknown = server.get(TestServer.API + "dataset_type/bias.nosuch");
    assertThat(unknown.statusCode()).isEqualTo(422);
    assertThat(unknown.body()).contains("unknown_component", "has no component 'nosuch'");
    assertThat(server.get(TestServer.API + "dataset_type/nosuch.wcs").body())
        .contains("missing_dataset_type", "'nosuch' does not exist");
    assertThat(server.get(TestServer.API + "dataset_type/bias.").body())
        .contains("missing_dataset_type", "'bias.' does not exist");
  }

  @Test
  void findsDatasetsByTypesOfComponents() {
    for (String endpoint : List.of("find_dataset", "get_file_by_data_id")) {
      assertThat(
              server
                  .post(TestServer.API + endpoint, TestServer.LOOKUP.formatted("bias.wcs"))
                  .body())
          .contains(
              TestServer.json(
                  "'datasetType':{'name':'bias.wcs','storageClass':'Wcs',"
                      + "'dimensions':['instrument','detector'],'parentStorageClass':'Exposure'"));
      assertThat(
              server
                  .post(TestServer.API + endpoint, TestServer.LOOKUP.formatted("bias.nosuch"))
                  .body())
          .contains("unknown_component");
    }
  }

  @Test
  void findsCollections() {
    String search =
        "'collection_types':[1,2,3,4],'flatten_chains':false,'include_chains':true,"
            + "'include_parents':true,'include_summary':false,'include_doc':true,"
            + "'summary_datasets':null";
    expectPost(
        "query_collection_info",
        "{'expression':['u/some one/é'], " + search + "}",
        "{'collections':[{'name':'u/some one/é','type':1,'doc':'words','children':[],"
            + "'parents':['chain'],'dataset_types':null}]}");
    expectPost("query_collections", "{'search':['a']," + search + "}", "{'collections':['a']}");
    expectGet(
        TestServer.API + "collection_info?name=u%2Fsome+one%2F%C3%A9",
        "{'name':'u/some one/é','type':1,'children':[]}");
    expectGet(
        TestServer.API + "collection_info?name=a&include_doc=true&include_parents=true",
        "{'name':'a','type':1,'children':[],'doc':'words','parents':['chain']}");
    assertThat(server.get(TestServer.API + "collection_summary?name=c").body())
        .startsWith("{\"summary\":{\"dataset_types\":[{\"name\":\"bias\"")
        .endsWith("],\"governors\":{\"instrument\":[\"c\"]}}}");
  }

  @Test
  void answersQuestionsAboutQueries() {
    String query = TestServer.EXECUTE.substring(0, TestServer.EXECUTE.length() - 1);
    expectPost("query/count", query + ",'exact':true,'discard':true}", "{'count':42}");
    expectPost("query/any", query + ",'exact':true,'execute':true}", "{'found_rows':true}");
    expectPost("query/explain", query + ",'execute':true}", "{'messages':['because']}");
  }

  @Test
  void describesTheUniverse() {
    assertThat(server.get(TestServer.API + "universe").body())
        .startsWith("{\"universe\":{\"version\":8,\"namespace\":\"daf_butler\",\"skypix\":");
  }

  @Test
  void reportsUserErrorsInTheButlersForm() {
    HttpResponse<String> response =
        server.post(TestServer.API + "find_dataset", TestServer.LOOKUP.formatted("nosuch"));
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body())
        .isEqualTo(
            TestServer.json("{'error_type':'missing_dataset_type','detail':'")
                + "Dataset type 'nosuch' does not exist.\"}");
  }

  @Test
  void hidesTheCauseOfItsOwnErrors() {
    HttpResponse<String> response =
        server.post(TestServer.API + "find_dataset", TestServer.LOOKUP.formatted("bug"));
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .contains(response.headers().firstValue("X-Request-Id").orElseThrow())
        .doesNotContain("secret");
    HttpResponse<String> gone =
        server.post(TestServer.API + "find_dataset", TestServer.LOOKUP.formatted("gone"));
    assertThat(gone.statusCode()).isEqualTo(503);
    assertThat(gone.headers().firstValue("Retry-After")).isEmpty();
    assertThat(gone.body()).contains("cannot be reached");
  }

  @Test
  void opensARepositoryOnceAndReportsOneThatCannotBeOpened() {
    server.get(TestServer.API + "universe");
    server.get(TestServer.API + "universe");
    assertThat(server.openings).hasValue(1);
    HttpResponse<String> broken = server.get("/api/butler/repo/broken/v1/universe");
    assertThat(broken.statusCode()).isEqualTo(503);
    assertThat(broken.body()).contains("'broken'", "version 99");
    server.get("/api/butler/repo/broken/v1/universe");
    assertThat(server.openings).as("not tried again at once").hasValue(2);
    assertThat(server.get(TestServer.API + "universe").statusCode()).isEqualTo(200);
  }

  @Test
  void answersProbes() {
    server.get(TestServer.API + "universe");
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(server.get("/metrics").body())
        .contains(
            "equerry_http_requests_seconds_count{route=\"/api/butler/repo/{label}/v1/universe\","
                + "status=\"200\"} 1")
        .contains("equerry_repositories_open 1.0", "equerry_database_connections_busy 0.0");
  }

  @Test
  void speaksHttp2WithoutEncryption() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                java.net.URI.create(server.server.url() + TestServer.API + "universe"))
            .version(HttpClient.Version.HTTP_2)
            .build();
    server.send(request);
    HttpResponse<String> second = server.send(request);
    assertThat(second.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(second.body()).startsWith("{\"universe\"");
  }

  @Test
  void answersHeadLikeGetWithoutABody() {
    HttpResponse<String> head =
        server.send(
            server
                .request(TestServer.API + "universe")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("Content-Length").orElseThrow())
        .isEqualTo(server.get(TestServer.API + "universe").body().length());
    assertThat(head.body()).isEmpty();
  }
}
