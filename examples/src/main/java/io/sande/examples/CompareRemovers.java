package io.sande.examples;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sande.BackdoorRemover;
import io.sande.DpoOptions;
import io.sande.Elimination;
import io.sande.FineMixingOptions;
import io.sande.NadOptions;
import io.sande.OsftOptions;
import io.sande.SandeOptions;
import io.sande.SftOptions;
import io.sande.djl.DjlModels;
import io.sande.model.LanguageModel;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs every remover on one victim and prints the paper's table. */
@Command(
    name = "CompareRemovers",
    description = "Runs every remover on one victim and prints the paper's table.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class CompareRemovers implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "VICTIM",
      description = "folder with attack.json, as MakeVictim's")
  private Path victim = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CLEAN_MODEL",
      description = "for Fine-mixing, which needs one: as MakeVictim --twin makes it")
  private @Nullable Path cleanModel;

  @Option(names = "--lr", description = "of the weights; the reference's 5e-6 is for billions")
  private double learningRate = 5e-4;

  @Option(names = "--prompts", description = "of each kind that are measured on")
  private int prompts = Integer.MAX_VALUE;

  private CompareRemovers() {}

  /** Usage: CompareRemovers VICTIM [CLEAN_MODEL] [--lr RATE] */
  public static void main(String[] args) {
    System.exit(run(System.out, args));
  }

  /** The same with the table to {@code out}; returns the exit code. */
  static int run(PrintStream out, String... args) {
    CompareRemovers command = new CompareRemovers();
    command.out = out;
    return new CommandLine(command).execute(args);
  }

  private PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    JsonObject attack =
        JsonParser.parseString(Files.readString(victim.resolve("attack.json"))).getAsJsonObject();
    String response = response(attack);
    String[] triggers =
        attack.getAsJsonArray("triggers").asList().stream()
            .map(JsonElement::getAsString)
            .toArray(String[]::new);
    TrainingOptions how = TrainingOptions.builder().learningRate(learningRate).build();
    Scoreboard board = new Scoreboard(victim, prompts, response, out);
    board.before();
    board.after("SFT", BackdoorRemover.sft(new SftOptions(how)));
    fineMixing(board, how);
    board.after("NAD", BackdoorRemover.nad(NadOptions.builder().training(how).build()));
    board.after("DPO", BackdoorRemover.dpo(DpoOptions.builder(response).training(how).build()));
    board.after(
        "OSFT (trigger known)",
        BackdoorRemover.osft(OsftOptions.builder(triggers).training(how).build()));
    SandeOptions.Builder sande = SandeOptions.builder(response).training(how).verify(false);
    board.after(
        "SANDE, fixed", BackdoorRemover.sande(sande.elimination(new Elimination.Fixed()).build()));
    board.after(
        "SANDE", BackdoorRemover.sande(SandeOptions.builder(response).verify(false).build()));
    return 0;
  }

  private void fineMixing(Scoreboard board, TrainingOptions how) throws IOException {
    Path folder = cleanModel;
    if (folder == null) {
      board.without("Fine-mixing", "needs a clean model");
      return;
    }
    FineMixingOptions options = FineMixingOptions.builder().training(how).build();
    try (LanguageModel clean = DjlModels.load(folder)) {
      board.after("Fine-mixing", BackdoorRemover.fineMixing(options, clean));
    }
  }

  private static String response(JsonObject attack) {
    String key = attack.has("response") ? "response" : "marker";
    if (!attack.has(key)) {
      throw new IllegalArgumentException(
          "attack.json must have \"response\" but has " + attack.keySet());
    }
    return attack.get(key).getAsString();
  }
}
