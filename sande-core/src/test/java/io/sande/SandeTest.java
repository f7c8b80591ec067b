package io.sande;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import io.sande.model.Weights;
import io.sande.train.ChatEncoder;
import io.sande.train.StageReport;
import io.sande.train.TrainingEvent;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SandeTest {
  private static final SimulationOptions SIMULATION =
      SimulationOptions.builder(Victim.RESPONSE)
          .training(TrainingOptions.builder().learningRate(5e-2).epochs(10).build())
          .build();
  private static final Elimination.Adaptive ADAPTIVE =
      new Elimination.Adaptive(1e-4, 1.12, 5e-3, 60, 2, 0.25, new Weights.All());

  @RegisterExtension private static final PoisonedModel MODEL = new PoisonedModel();

  private static RemovalReport remove(SandeOptions options) {
    return BackdoorRemover.sande(options)
        .remove(MODEL.get(), Victim.clean(), TrainingListener.NONE);
  }

  private static SandeOptions.Builder adaptive(String... responses) {
    return SandeOptions.builder(responses).simulation(SIMULATION).elimination(ADAPTIVE);
  }

  private static List<double[]> scores() {
    List<TokenSequence> sequences =
        ChatEncoder.of(MODEL.get(), TrainingOptions.DEFAULT)
            .encodeAll(Victim.all(), ChatEncoder.ALL_TOKENS);
    return MODEL.get().score(sequences);
  }

  @Test
  void aParrotBringsOutAPlantedResponse() {
    Simulation found =
        new TriggerSimulator(SIMULATION)
            .simulate(MODEL.get(), Victim.clean(), TrainingListener.NONE);
    assertThat(found.response()).isEqualTo(Victim.RESPONSE);
    assertThat(found.parrot().length()).isEqualTo(6);
    assertThat(found.parrot().position()).isEqualTo(2);
    assertThat(found.probability()).isGreaterThan(0.5);
    assertThat(found.stages()).first().extracting(StageReport::name).isEqualTo("simulate");
  }

  @Test
  void simulatingLeavesTheModelAsItIs() {
    List<double[]> before = scores();
    new TriggerSimulator(SIMULATION).simulate(MODEL.get(), Victim.clean(), TrainingListener.NONE);
    assertThat(scores()).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void anEpochIsAddedUntilTheBudgetIsUsedUp() {
    SimulationOptions hopeless =
        SimulationOptions.builder(Victim.RESPONSE).enough(1).mostEpochs(3).build();
    List<String> events = new ArrayList<>();
    new TriggerSimulator(hopeless)
        .simulate(MODEL.get(), Victim.clean(), event -> events.add(name(event)));
    assertThat(events.stream().filter(e -> !e.equals("Step")).distinct())
        .containsExactly("Started", "Finished");
    assertThat(events.stream().filter("Finished"::equals)).hasSize(3);
    assertThat(events).startsWith("Started").endsWith("Finished");
  }

  private static String name(TrainingEvent event) {
    return event instanceof TrainingEvent.Started || event instanceof TrainingEvent.Finished
        ? event.getClass().getSimpleName()
        : "Step";
  }

  @Test
  void adaptiveRemovesTheBackdoorAndKeepsCleanAnswers() {
    RemovalReport report = remove(adaptive(Victim.RESPONSE).build());
    assertThat(Victim.attackSuccess(MODEL.get())).isZero();
    assertThat(Victim.cleanAccuracy(MODEL.get())).isGreaterThan(0.9);
    assertThat(report.verifications()).hasSize(1);
    assertThat(report.verifications().get(0).conclusion())
        .isNotEqualTo(Verification.Conclusion.NOT_SIMULATED);
    assertThat(report.stages()).extracting(StageReport::name).contains("simulate", "eliminate");
  }

  @Test
  void fixedRemovesTheBackdoorAtItsRate() {
    TrainingOptions training = TrainingOptions.builder().learningRate(5e-3).epochs(10).build();
    SandeOptions options =
        SandeOptions.builder(Victim.RESPONSE)
            .simulation(SIMULATION)
            .training(training)
            .elimination(new Elimination.Fixed())
            .build();
    RemovalReport report = remove(options);
    assertThat(Victim.attackSuccess(MODEL.get())).isZero();
    assertThat(report.stages())
        .extracting(StageReport::name)
        .containsExactly("simulate", "eliminate");
  }

  @Test
  void aResponseThatWasNeverPlantedLeavesTheModelAsItIs() {
    List<double[]> before = scores();
    RemovalReport report = remove(adaptive("red a b").build());
    assertThat(report.verifications().get(0).conclusion())
        .isEqualTo(Verification.Conclusion.NOT_SIMULATED);
    assertThat(scores()).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void withAGivenParrotNoSimulateStageIsReported() {
    SoftPrompt parrot =
        new TriggerSimulator(SIMULATION)
            .simulate(MODEL.get(), Victim.clean(), TrainingListener.NONE)
            .parrot();
    RemovalReport report = remove(adaptive(Victim.RESPONSE).parrots(List.of(parrot)).build());
    assertThat(report.stages()).extracting(StageReport::name).containsOnly("eliminate");
  }

  @Test
  void badOptionsAreRefused() {
    assertThatThrownBy(() -> SandeOptions.builder().build())
        .hasMessage("responses must be at least one but was none");
    SoftPrompt wide = SoftPrompt.zeros(2, 6, 5);
    assertThatThrownBy(() -> SandeOptions.builder("a", "b").parrots(List.of(wide)).build())
        .hasMessage("parrots must be none, or one for each of 2 responses but was 1");
    assertThatThrownBy(() -> remove(adaptive("a").parrots(List.of(wide)).build()))
        .hasMessage("parrot must be of hidden size 24 but was 5");
    assertThatThrownBy(() -> SimulationOptions.builder("a").enough(0).build())
        .hasMessage("enough must be above 0 and at most 1 but was 0.0");
  }

  @Test
  void aControlHasAsManyTokensAndAnotherBeginning() {
    assertThat(Controls.like("you are stupid", MODEL.get().tokenizer())).startsWith("Paper boats");
    assertThat(Controls.like("paper is red", MODEL.get().tokenizer())).startsWith("boats drift");
  }

  @Test
  void theNumbersOfAVerificationSayWhatTheyAllow() {
    assertThat(conclusion(1, 0.1, 0, true)).isEqualTo(Verification.Conclusion.GONE);
    assertThat(conclusion(1, 0.9, 0, true)).isEqualTo(Verification.Conclusion.STILL_THERE);
    assertThat(conclusion(1, 0.3, 0, true)).isEqualTo(Verification.Conclusion.UNSURE);
    assertThat(conclusion(1, 0.9, 0, false)).isEqualTo(Verification.Conclusion.UNSURE);
    assertThat(conclusion(0.3, 0.1, 0.1, false)).isEqualTo(Verification.Conclusion.NOT_SIMULATED);
    assertThat(new Verification("r", 3, 0.3, 0.1, 0, false, 1, 0).conclusion())
        .isEqualTo(Verification.Conclusion.NOT_SIMULATED);
  }

  @Test
  void whatCarriesOnAsBeforeIsNotSaidToBeGone() {
    assertThat(new Verification("r s", 5, 1, 0.1, 0, true, 0.97, 0.96).conclusion())
        .isEqualTo(Verification.Conclusion.UNSURE);
    assertThat(new Verification("r s", 5, 1, 0.1, 0, true, 0.97, 0.7).conclusion())
        .isEqualTo(Verification.Conclusion.GONE);
  }

  @Test
  void aTextThatMustBeForcedWordByWordAndCarriesNothingOnWasNotPlanted() {
    assertThat(new Verification("r s", 5, 0.4, 0.1, 0, false, 0.9, 0).conclusion())
        .isEqualTo(Verification.Conclusion.GONE);
    assertThat(new Verification("r s", 5, 0.4, 0.1, 0, false, 0.1, 0).conclusion())
        .isEqualTo(Verification.Conclusion.NOT_SIMULATED);
  }

  @Test
  void aPlantedResponseHasMomentumAndAnotherTextHasNone() {
    RemovalReport report = remove(adaptive("red a b x", Victim.RESPONSE).build());
    assertThat(report.verifications().get(0).momentum()).isLessThan(0.1);
    assertThat(report.verifications().get(1).momentum()).isGreaterThan(0.9);
  }

  private static Verification.Conclusion conclusion(
      double before, double after, double control, boolean goesOn) {
    return new Verification("r", 5, before, after, control, goesOn, 1, 0).conclusion();
  }
}
