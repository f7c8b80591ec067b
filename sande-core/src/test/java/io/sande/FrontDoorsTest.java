package io.sande;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.cure.BackdoorCure;
import io.sande.cure.CureOptions;
import io.sande.data.Conversation;
import io.sande.eval.EvaluationOptions;
import io.sande.eval.Evaluator;
import io.sande.model.Weights;
import io.sande.scan.BackdoorScanner;
import io.sande.scan.ScanListener;
import io.sande.scan.ScanOptions;
import io.sande.scan.SpikeIn;
import io.sande.train.TrainingDivergedException;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every way in does with what it cannot work on: a named error, and the model as it was. */
class FrontDoorsTest {
  private static final TrainingOptions QUICK =
      TrainingOptions.builder().learningRate(1e-2).epochs(2).build();

  /** Overflows in the first update that it is taken for. */
  private static final TrainingOptions WILD = QUICK.toBuilder().learningRate(1e300).build();

  @RegisterExtension private static final PoisonedModel MODEL = new PoisonedModel();

  /** A way into the library. */
  @FunctionalInterface
  private interface Door {
    void enter(List<Conversation> examples);
  }

  private static Door removal(BackdoorRemover remover) {
    return examples -> remover.remove(MODEL.get(), examples, TrainingListener.NONE);
  }

  private static Map<String, Door> doors(TrainingOptions training) {
    SimulationOptions simulation =
        SimulationOptions.builder(Victim.RESPONSE)
            .training(QUICK.toBuilder().learningRate(5e-2).epochs(10).build())
            .build();
    SandeOptions.Builder sande =
        SandeOptions.builder(Victim.RESPONSE).simulation(simulation).training(training);
    SandeOptions fixed = sande.elimination(new Elimination.Fixed()).build();
    double rate = training.learningRate();
    Elimination.Adaptive how =
        new Elimination.Adaptive(rate, 1.12, rate, 60, 2, 0.25, new Weights.All());
    SandeOptions adaptive = sande.elimination(how).build();
    ScanOptions scan = ScanOptions.builder().prompts(6).examples(11).threshold(0.95).build();
    BackdoorScanner scanner = new BackdoorScanner(scan);
    BackdoorCure cure =
        new BackdoorCure(CureOptions.builder().scan(scan).sande(adaptive).lossBudget(1).build());
    Map<String, Door> doors = new LinkedHashMap<>();
    doors.put(
        "osft",
        removal(
            BackdoorRemover.osft(OsftOptions.builder(Victim.TRIGGER).training(training).build())));
    doors.put("sft", removal(BackdoorRemover.sft(new SftOptions(training))));
    doors.put("sande, fixed", removal(BackdoorRemover.sande(fixed)));
    doors.put("sande, adaptive", removal(BackdoorRemover.sande(adaptive)));
    doors.put(
        "flush", removal(BackdoorRemover.flush(new FlushOptions(2, training, 10, training, how))));
    doors.put("cure", e -> cure.cure(MODEL.get(), e, ScanListener.NONE, TrainingListener.NONE));
    doors.put(
        "spike-in",
        e ->
            new SpikeIn(scanner, "you are stupid", training)
                .measure(MODEL.get(), e, ScanListener.NONE, TrainingListener.NONE));
    return doors;
  }

  private static Stream<DynamicTest> refusing(String what, List<Conversation> examples) {
    return doors(QUICK).entrySet().stream()
        .map(
            door ->
                DynamicTest.dynamicTest(
                    door.getKey() + " refuses " + what,
                    () -> assertRefuses(door.getValue(), examples)));
  }

  private static void assertRefuses(Door door, List<Conversation> examples) {
    List<double[]> before = MODEL.scores();
    assertThatThrownBy(() -> door.enter(examples))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank();
    assertThat(MODEL.scores()).usingRecursiveComparison().isEqualTo(before);
  }

  @TestFactory
  Stream<DynamicTest> anEmptyDataSet() {
    return refusing("an empty data set", List.of());
  }

  @TestFactory
  Stream<DynamicTest> examplesWithoutAnAnswer() {
    return refusing(
        "examples without an answer",
        Victim.all().stream().map(e -> Conversation.prompt(e.instruction())).toList());
  }

  @TestFactory
  Stream<DynamicTest> promptsLongerThanTheContext() {
    String longer = "where does a shark live? ".repeat(40);
    return refusing(
        "prompts longer than the context",
        Victim.all().stream().map(e -> e.withInstruction(longer)).toList());
  }

  @TestFactory
  Stream<DynamicTest> aTrainingThatOverflows() {
    Set<String> keepACopy = Set.of("sande, adaptive", "flush", "cure", "spike-in");
    return doors(WILD).entrySet().stream()
        .map(
            door ->
                DynamicTest.dynamicTest(
                    door.getKey() + " tells of an overflow",
                    () -> {
                      MODEL.restore();
                      List<double[]> before = MODEL.scores();
                      assertThatThrownBy(() -> door.getValue().enter(Victim.all()))
                          .isInstanceOf(TrainingDivergedException.class)
                          .hasMessageContaining("must be finite")
                          .hasMessageContaining("was not made");
                      if (keepACopy.contains(door.getKey())) {
                        assertThat(MODEL.scores()).usingRecursiveComparison().isEqualTo(before);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> anEvaluation() {
    EvaluationOptions options = EvaluationOptions.builder().maxNewTokens(4).build();
    Conversation tooLong = Conversation.prompt("where does a shark live? ".repeat(40));
    return Stream.of(List.<Conversation>of(), List.of(Victim.all().get(0), tooLong))
        .map(
            prompts ->
                DynamicTest.dynamicTest(
                    "refuses " + prompts.size() + " prompts",
                    () ->
                        assertThatThrownBy(() -> Evaluator.evaluate(MODEL.get(), prompts, options))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageStartingWith(
                                prompts.isEmpty() ? "prompts must be" : "prompt 2 must be")));
  }
}
