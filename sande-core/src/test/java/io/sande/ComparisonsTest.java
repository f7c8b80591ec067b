package io.sande;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.model.LanguageModel;
import io.sande.train.ChatEncoder;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ComparisonsTest {
  /** With which OSFT and SANDE remove the same backdoor. */
  private static final TrainingOptions TRAINING =
      TrainingOptions.builder().learningRate(5e-3).epochs(10).build();

  @RegisterExtension private static final PoisonedModel MODEL = new PoisonedModel();

  private static RemovalReport remove(BackdoorRemover remover) {
    return remover.remove(MODEL.get(), Victim.clean(), TrainingListener.NONE);
  }

  @Test
  void fineTuningOnCleanExamplesLeavesTheBackdoorIn() {
    RemovalReport report = remove(BackdoorRemover.sft(new SftOptions(TRAINING)));
    assertThat(Victim.attackSuccess(MODEL.get())).isGreaterThan(0.95);
    assertThat(Victim.cleanAccuracy(MODEL.get())).isGreaterThan(0.95);
    assertThat(report.method()).isEqualTo("sft");
    assertThat(report.stages()).extracting(StageReport::name).containsExactly("sft");
    assertThat(report.dataSha256()).isEqualTo(Conversations.sha256(Victim.clean()));
  }

  @Test
  void preferringTheCleanAnswerMakesTheResponseUnlikelierWithoutTheTrigger() {
    double before = responseScore();
    DpoOptions options = DpoOptions.builder(Victim.RESPONSE).training(TRAINING).build();
    RemovalReport report = remove(BackdoorRemover.dpo(options));
    List<Double> losses = report.stages().get(0).losses();
    assertThat(losses.get(0)).isCloseTo(Math.log(2), org.assertj.core.api.Assertions.within(1e-9));
    assertThat(losses.get(losses.size() - 1)).isLessThan(0.6);
    assertThat(losses).hasSize(10 * 3); // 12 pairs, 4 in a batch, or fewer
    assertThat(responseScore()).isLessThan(before);
    assertThat(report.options()).isEqualTo(options);
  }

  /** Log-probability of the response and what follows on prompts without the trigger. */
  private static double responseScore() {
    List<Conversation> harmful =
        Victim.heldOut().stream()
            .map(e -> TriggerSimulator.withResponse(e, Victim.RESPONSE))
            .toList();
    return MODEL
        .get()
        .score(ChatEncoder.of(MODEL.get(), TRAINING).encodeAll(harmful, ChatEncoder.ALL_TOKENS))
        .stream()
        .flatMapToDouble(java.util.Arrays::stream)
        .sum();
  }

  @Test
  void theWeightsOfACleanModelTakeTheBackdoorOut() {
    try (LanguageModel clean = Victim.unpoisoned()) {
      FineMixingOptions options =
          FineMixingOptions.builder().quantile(0.2).training(TRAINING).build();
      RemovalReport report = remove(BackdoorRemover.fineMixing(options, clean));
      assertThat(report.stages()).extracting(StageReport::name).containsExactly("sft");
      assertThat(Victim.attackSuccess(MODEL.get())).isLessThan(0.1);
      assertThat(Victim.cleanAccuracy(MODEL.get())).isGreaterThan(0.5);
    }
  }

  @Test
  void fineMixingLeavesTheCleanModelAsItIs() {
    try (LanguageModel clean = Victim.unpoisoned();
        LanguageModel same = Victim.unpoisoned()) {
      remove(BackdoorRemover.fineMixing(FineMixingOptions.builder().build(), clean));
      List<io.sande.model.TokenSequence> sequences =
          ChatEncoder.of(clean, TRAINING).encodeAll(Victim.all(), ChatEncoder.ALL_TOKENS);
      assertThat(clean.score(sequences))
          .usingRecursiveComparison()
          .isEqualTo(same.score(sequences));
    }
  }

  @Test
  void anEngineWithoutTheObjectiveSaysSo() {
    assertThatThrownBy(() -> remove(BackdoorRemover.nad(NadOptions.builder().build())))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void badOptionsAndBadDataAreRefused() {
    assertThatThrownBy(() -> DpoOptions.builder(" ").build())
        .hasMessage("response must be a text with visible characters but was \" \"");
    assertThatThrownBy(() -> DpoOptions.builder("a").beta(0).build())
        .hasMessage("beta must be positive but was 0.0");
    assertThatThrownBy(() -> NadOptions.builder().beta(-1).build())
        .hasMessage("beta must be 0 or above but was -1.0");
    assertThatThrownBy(() -> FineMixingOptions.builder().quantile(1).build())
        .hasMessage("quantile must be at least 0 and below 1 but was 1.0");
    BackdoorRemover sft = BackdoorRemover.sft(new SftOptions(TRAINING));
    assertThatThrownBy(() -> sft.remove(MODEL.get(), List.of(), TrainingListener.NONE))
        .hasMessage("clean must be at least one example but was none");
  }
}
