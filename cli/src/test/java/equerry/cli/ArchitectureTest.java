package equerry.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The module table and the four rules of `ARCHITECTURE.md`, over all classes of the program.
class ArchitectureTest {
  private static JavaClasses program;

  @BeforeAll
  static void readClasses() {
    program =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("equerry");
    for (String module :
        new String[] {
          "api", "registry", "datastore", "direct", "client", "table", "server", "cli"
        }) {
      assertThat(program.stream().filter(c -> c.getPackageName().startsWith("equerry." + module)))
          .as("classes of " + module)
          .hasSizeGreaterThan(3);
    }
  }

  @Test
  void modulesUseOnlyWhatTheTableAllows() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("api")
        .definedBy("equerry.api..")
        .layer("registry")
        .definedBy("equerry.registry..")
        .layer("datastore")
        .definedBy("equerry.datastore..")
        .layer("direct")
        .definedBy("equerry.direct..")
        .layer("client")
        .definedBy("equerry.client..")
        .layer("table")
        .definedBy("equerry.table..")
        .layer("server")
        .definedBy("equerry.server..")
        .layer("cli")
        .definedBy("equerry.cli..")
        .whereLayer("api")
        .mayNotAccessAnyLayer()
        .whereLayer("registry")
        .mayOnlyAccessLayers("api")
        .whereLayer("datastore")
        .mayOnlyAccessLayers("api")
        .whereLayer("direct")
        .mayOnlyAccessLayers("api", "registry", "datastore")
        .whereLayer("client")
        .mayOnlyAccessLayers("api")
        .whereLayer("table")
        .mayOnlyAccessLayers("api")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .check(program);
  }

  @Test
  void registryAndDatastoreNeverSeeEachOther() {
    noClasses()
        .that()
        .resideInAPackage("equerry.registry..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("equerry.datastore..")
        .check(program);
    noClasses()
        .that()
        .resideInAPackage("equerry.datastore..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("equerry.registry..")
        .check(program);
  }

  @Test
  void clientPullsInNoDatabaseAndNoFiles() {
    noClasses()
        .that()
        .resideInAPackage("equerry.client..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "equerry.registry..", "equerry.datastore..", "equerry.direct..", "java.sql..")
        .check(program);
  }

  @Test
  void onlyServerNamesTheHttpLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("equerry.server..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.eclipse.jetty..", "jakarta.servlet..")
        .check(program);
  }

  @Test
  void onlyRegistryNamesSql() {
    noClasses()
        .that()
        .resideOutsideOfPackage("equerry.registry..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "javax.sql..",
            "org.jooq..",
            "org.sqlite..",
            "org.postgresql..",
            "com.zaxxer..")
        .check(program);
  }
}
