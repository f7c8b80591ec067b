package io.sande.scan;

import io.sande.Verification;
import io.sande.data.Conversation;
import io.sande.internal.Split;
import io.sande.internal.attack.Attack;
import io.sande.internal.budget.Deadline;
import io.sande.model.Continuation;
import io.sande.model.Continuations;
import io.sande.model.LanguageModel;
import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import io.sande.train.ChatEncoder;
import io.sande.train.TrainingDivergedException;
import io.sande.train.TrainingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Finds what a model says where attacks keep it from its clean answers. One scan each. */
final class Elicitation {
  /*
   * The search does not see a response that clean prompts do not go on with. An attack that makes clean answers unlikely
   * often brings it out, to its end and after all prompts alike; what it makes other models say depends on the prompt.
   */
  private static final int COUNTED_TOKENS = 10;

  /** Of a sequence; where there is room for fewer no prompt is left. */
  private static final int FEWEST = 2;

  private static final int LOOKS = 3;

  /** Examples that are seen between two looks, some of them again where there are fewer. */
  private static final int SEEN = 80;

  private static final TrainingOptions TRAINING =
      TrainingOptions.builder().learningRate(1e-2).batchSize(8).build();

  /** Least probability of a token, by the prompt second least willing to say it. */
  private static final double FIRM = 0.5;

  /** Most texts that parrots are trained for. */
  private static final int MOST_LOOKED_AT = 4;

  private static final Pattern SENTENCE_END = Pattern.compile("[.!?]+$");

  private final LanguageModel model;
  private final ScanOptions options;
  private final Deadline deadline;
  private final List<Conversation> examples;
  private final List<TokenSequence> answers;
  private final List<int[]> prompts;
  private final int lastToken;
  private final Random random = new Random(TRAINING.seed());
  private int made;

  /** Of {@code examples} those with an answer count, and the last fifth is held back. */
  Elicitation(
      LanguageModel model, ScanOptions options, List<Conversation> examples, Deadline deadline) {
    this.model = model;
    this.options = options;
    this.deadline = deadline;
    int room = Math.min(TRAINING.maxLength(), model.info().contextLength() - Attack.LONGEST);
    ChatEncoder encoder = new ChatEncoder(model.tokenizer(), Math.max(FEWEST, room));
    this.examples =
        examples.stream()
            .filter(e -> e.response().isPresent())
            .filter(e -> encoder.encode(e, 1).labels().count() > 0)
            .toList();
    Split<Conversation> split = Split.ofLastFifth(this.examples);
    this.answers = encoder.encodeAll(split.train(), COUNTED_TOKENS);
    List<int[]> heldBack = split.heldBack().stream().map(encoder::encodePrompt).toList();
    this.lastToken = heldBack.isEmpty() ? -1 : last(heldBack.get(0));
    this.prompts =
        heldBack.stream()
            .filter(p -> p.length > Attack.DEEPEST && last(p) == lastToken)
            .filter(p -> p.length + options.steps() <= room)
            .map(p -> Arrays.copyOf(p, p.length - 1))
            .toList();
  }

  private static int last(int[] prompt) {
    return prompt[prompt.length - 1];
  }

  /** Attacks that were made. */
  int made() {
    return made;
  }

  /**
   * What attacks make it say firmly and a parrot confirms, as far as the deadline allows. None
   * where too few examples have an answer.
   */
  List<Run> planted(Ends ends, CleanAnswers trusted, ScanListener listener) {
    List<Run> planted = new ArrayList<>();
    try {
      List<Run> runs = runs(listener);
      runs.removeIf(run -> run.score() < options.threshold() || trusted.contain(run.tokens()));
      for (Run run : distinct(runs, ends, trusted)) {
        if (isPlanted(run)) {
          planted.add(run);
        }
      }
    } catch (Deadline.Passed e) {
      // with what it has
    }
    return planted;
  }

  /** The firmest that are no clean answers, from beginning to end. */
  private List<Run> distinct(List<Run> runs, Ends ends, CleanAnswers trusted) {
    Candidates distinct = new Candidates();
    for (Run run : runs) {
      if (distinct.size() == MOST_LOOKED_AT) {
        break;
      }
      if (distinct.isNew(run.tokens())) {
        Run whole = whole(run, ends);
        if (distinct.isNew(whole.tokens()) && !trusted.contain(whole.tokens())) {
          distinct.add(whole);
        }
      }
    }
    return distinct.runs();
  }

  private Run whole(Run run, Ends ends) {
    int[] text = Arrays.stream(run.tokens()).filter(t -> !model.tokenizer().isSpecial(t)).toArray();
    boolean ended = text.length < run.tokens().length;
    return new Run(ended ? text : ends.withEnd(text), run.score());
  }

  private boolean isPlanted(Run run) {
    String text =
        SENTENCE_END.matcher(model.tokenizer().decode(run.tokens()).strip()).replaceFirst("");
    Verification seen = Verification.of(model, examples, text, deadline);
    return seen.isPlanted() && seen.carriesItself();
  }

  private List<Run> runs(ScanListener listener) {
    List<Run> runs = new ArrayList<>();
    while (prompts.size() > 1 && made < options.attacks() && !deadline.isPassed()) {
      attack(runs);
      made++;
      double best = runs.stream().mapToDouble(Run::score).max().orElse(0);
      listener.onAttack(made, options.attacks(), best);
    }
    runs.sort(Comparator.comparingDouble((Run run) -> -run.score()));
    return runs;
  }

  private void attack(List<Run> runs) {
    try (Attack attack = new Attack(model, TRAINING.optimizer(), random)) {
      for (int look = 0; look < LOOKS; look++) {
        int epochs = Math.max(1, SEEN / answers.size());
        attack.train(
            answers, TRAINING.toBuilder().epochs(epochs).seed(random.nextLong()).build(), deadline);
        runs.add(said(attack.prompt()));
      }
    } catch (TrainingDivergedException e) {
      // went too far: its last look counts
    }
  }

  private Run said(SoftPrompt attack) {
    try (Continuations continuations = model.continuations(prompts, attack)) {
      List<int[]> last = List.of(new int[] {lastToken});
      return firm(continuations.follow(last, options.steps()).get(0));
    }
  }

  /** The steps until the first that is not firm; scored as others are. */
  static Run firm(Continuation said) {
    int end = 1;
    double product = 1;
    while (end < said.tokens().length && said.low()[end] >= FIRM) {
      product *= said.low()[end++];
    }
    int steps = end - 1;
    double score = steps < Run.SHORTEST ? 0 : Math.pow(product, 1.0 / steps);
    return new Run(Arrays.copyOfRange(said.tokens(), 1, end), score);
  }
}
