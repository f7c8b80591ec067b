package io.sande.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.Test;

/** Of all modules that ship: this one depends on each of them. */
class ArchitectureTest {
  private static final String ENGINE = "io.sande.djl..";
  private static final String ALIGNMENT = "io.sande.align..";
  private static final String EXAMPLES = "io.sande.examples..";
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.sande");

  @Test
  void allModulesAreSeen() {
    for (String name :
        new String[] {
          "io.sande.BackdoorRemover",
          "io.sande.djl.DjlModels",
          "io.sande.align.SafetyAligner",
          "io.sande.examples.Quickstart"
        }) {
      ALL.get(name); // throws if it is not there
    }
  }

  @Test
  void coreKnowsNoEngineAndNoOtherModule() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ENGINE, ALIGNMENT, EXAMPLES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl..", ENGINE, ALIGNMENT, EXAMPLES)
        .check(ALL);
  }

  @Test
  void alignmentKnowsNoEngine() {
    noClasses()
        .that()
        .resideInAPackage(ALIGNMENT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl..", ENGINE, EXAMPLES)
        .check(ALL);
  }

  @Test
  void onlyTheKernelKnowsPyTorch() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sande.djl.kernel")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl.pytorch..")
        .check(ALL);
  }

  @Test
  void examplesUseTheEngineAndNotDjl() {
    noClasses()
        .that()
        .resideInAPackage(EXAMPLES)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(ALL);
  }

  @Test
  void nothingPrintsButTheExamples() {
    noClasses()
        .that()
        .resideOutsideOfPackage(EXAMPLES)
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .check(ALL);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.(**)").should().beFreeOfCycles().check(ALL);
  }
}
