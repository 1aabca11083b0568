package equerry.direct;

import static org.assertj.core.api.Assertions.assertThat;

import equerry.api.dataset.StorageClasses;
import org.junit.jupiter.api.Test;

class StorageClassSectionTest {
  private static StorageClasses read(String yaml) {
    return StorageClassSection.read(YamlText.mapping(yaml, "butler.yaml"));
  }

  /// The names are those of `configs/storageClasses.yaml` of the stock package.
  @Test
  void knowsTheClassesOfTheStockPackage() {
    StorageClasses classes = StorageClassSection.read(null);
    assertThat(classes.findComponent("Exposure", "wcs")).contains("Wcs");
    assertThat(classes.findComponent("ExposureF", "bbox")).contains("Box2I");
    assertThat(classes.findComponent("Exposure", "nosuch")).isEmpty();
    assertThat(classes.findComponent("StructuredDataDict", "wcs")).isEmpty();
    assertThat(classes.findComponent("nosuch", "wcs")).isEmpty();
  }

  @Test
  void addsThoseOfARepository() {
    StorageClasses classes =
        read(
            """
            Exposure: {components: {note: StructuredDataDict}}
            Metric:
              pytype: some.Metric
              components: {data: ListOfData}
              derivedComponents: {counter: int}
            Split: {inheritsFrom: Metric, components: {data: OtherData}}
            """);
    assertThat(classes.findComponent("Exposure", "note")).contains("StructuredDataDict");
    assertThat(classes.findComponent("Exposure", "wcs")).contains("Wcs");
    assertThat(classes.findComponent("Metric", "counter")).contains("int");
    assertThat(classes.findComponent("Split", "counter")).contains("int");
    assertThat(classes.findComponent("Split", "data")).contains("OtherData");
  }

  @Test
  void passesOverWhatIsMalformed() {
    StorageClasses classes =
        read(
            """
            A: {inheritsFrom: B, components: [x]}
            B: {inheritsFrom: A, components: {y: 1, z: Z}}
            C: text
            """);
    assertThat(classes.findComponent("A", "z")).contains("Z");
    assertThat(classes.findComponent("B", "y")).isEmpty();
  }
}
