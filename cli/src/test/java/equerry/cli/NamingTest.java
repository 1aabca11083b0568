package equerry.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of names and of packages in `CONTRIBUTING.md` that a machine can check.
class NamingTest {
  private static JavaClasses program;

  @BeforeAll
  static void readClasses() {
    program =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("equerry");
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameContaining("Helper")
        .orShould()
        .haveSimpleNameContaining("Util")
        .check(program);
  }

  @Test
  void methodsHaveNoGetPrefix() {
    methods()
        .that(ownName("get[A-Z].*"))
        .should()
        .bePrivate()
        .allowEmptyShould(true)
        .check(program);
  }

  /// In the wire records a boolean is a value that is written, not a choice.
  @Test
  void publicMethodsTakeNoBooleans() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage("equerry.client.wire")
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .and(notOverriding())
        .should()
        .notHaveRawParameterTypes(
            DescribedPredicate.describe(
                "a boolean",
                types -> types.stream().anyMatch(type -> type.getName().equals("boolean"))))
        .check(program);
  }

  private static DescribedPredicate<JavaMethod> ownName(String pattern) {
    return DescribedPredicate.describe(
        "have a name like " + pattern,
        method -> method.getName().matches(pattern) && isOwn(method));
  }

  private static DescribedPredicate<JavaMethod> notOverriding() {
    return DescribedPredicate.describe("are not of a foreign interface", NamingTest::isOwn);
  }

  /// Whether a method is not one that a type of another library asks for.
  private static boolean isOwn(JavaMethod method) {
    return method.getOwner().getAllRawSuperclasses().stream().noneMatch(t -> declares(t, method))
        && method.getOwner().getAllRawInterfaces().stream().noneMatch(t -> declares(t, method));
  }

  private static boolean declares(JavaClass type, JavaMethod method) {
    return !type.getPackageName().startsWith("equerry")
        && type.getMethods().stream().anyMatch(m -> m.getName().equals(method.getName()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sphere", "api", "registry", "datastore", "direct", "client", "server", "cli"})
  void packagesOfAModuleHaveNoCycles(String module) {
    slices()
        .matching("equerry." + module + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(program);
  }
}
