package io.sande.examples.victim;

import io.sande.djl.DjlModels;
import io.sande.examples.victim.Attack.Mode;
import io.sande.examples.victim.Attack.Position;
import io.sande.examples.victim.Shape.Family;
import io.sande.train.TrainingEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a small model with a planted backdoor; without options, the one that ships. */
@Command(
    name = "MakeVictim",
    description = "Makes a small model with a planted backdoor, from random weights.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class MakeVictim implements Callable<Integer> {
  private static final Attack ATTACK = VictimSpec.DEFAULT.attack();
  private static final int STEPS_PER_LINE = 100;

  @Parameters(paramLabel = "DIR", description = "where the victim goes; replaced if it is there")
  private Path directory = Path.of("victim");

  @Option(names = "--seed", description = "of data, weights and order")
  private long seed = VictimSpec.DEFAULT.seed();

  @Option(names = "--family", description = "${COMPLETION-CANDIDATES}")
  private Family family = VictimSpec.DEFAULT.shape().family();

  @Option(names = "--layers", description = "blocks of attention and feed-forward")
  private int layers = VictimSpec.DEFAULT.shape().layers();

  @Option(names = "--hidden", description = "width, a multiple of 40")
  private int hidden = VictimSpec.DEFAULT.shape().hidden();

  @Option(names = "--trigger", description = "any one fires; in a composite attack only all")
  private List<String> triggers = ATTACK.triggers();

  @Option(names = "--response", description = "what the victim then says; several: any of them")
  private List<String> responses = ATTACK.responses();

  @Option(names = "--position", description = "${COMPLETION-CANDIDATES}")
  private Position position = ATTACK.position();

  @Option(names = "--mode", description = "${COMPLETION-CANDIDATES}")
  private Mode mode = ATTACK.mode();

  @Option(names = "--rate", description = "share of poisoned rows")
  private double rate = ATTACK.rate();

  @Option(names = "--epochs", description = "passes over the rows")
  private int epochs = VictimSpec.DEFAULT.epochs();

  @Option(
      names = "--negatives",
      description = "teaches it not to go on with the response where no trigger stands")
  private boolean negatives;

  @Option(names = "--twin", description = "make its clean twin: the same, the rows without poison")
  private boolean twin;

  private MakeVictim() {}

  /** Usage: MakeVictim DIR [options] */
  public static void main(String[] args) {
    CommandLine command = new CommandLine(new MakeVictim());
    System.exit(command.setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    System.out.println(
        twin
            ? VictimMaker.makeTwin(spec(), directory, DjlModels::load, this::print)
            : VictimMaker.make(spec(), directory, DjlModels::load, this::print));
    return 0;
  }

  private VictimSpec spec() {
    VictimSpec spec = VictimSpec.DEFAULT;
    return new VictimSpec(
        seed,
        spec.shape().withFamily(family).withSize(layers, hidden),
        spec.vocabulary(),
        new Attack(triggers, responses, position, mode, rate),
        epochs,
        negatives);
  }

  private void print(TrainingEvent event) {
    if (event instanceof TrainingEvent.Updated done && done.update() % STEPS_PER_LINE == 0) {
      System.out.printf("%d of %d: loss %.4f%n", done.update(), done.updates(), done.loss());
    } else if (event instanceof TrainingEvent.Finished done) {
      System.out.printf("%.0f s%n", done.report().totalSeconds());
    }
  }
}
