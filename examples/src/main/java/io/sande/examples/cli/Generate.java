package io.sande.examples.cli;

import io.sande.data.Conversation;
import io.sande.eval.EvaluationOptions;
import io.sande.eval.Generated;
import io.sande.model.LanguageModel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sande generate}: one answer. */
@Command(
    name = "generate",
    sortOptions = false,
    description = "Prints the model's greedy answer to one prompt.")
final class Generate implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private AnswerFlags answers = new AnswerFlags();
  @Mixin private SecretFlags secret = new SecretFlags();

  @Option(names = "--prompt", required = true, paramLabel = "TEXT", description = "What to answer.")
  private String prompt = "";

  @Override
  public Integer call() throws IOException {
    EvaluationOptions options =
        Usage.checked(common.command(), () -> answers.options(List.of(), List.of()));
    Report report = Report.of(common);
    try (LanguageModel model = common.load()) {
      List<Generated> generated =
          secret.evaluate(model, List.of(Conversation.prompt(prompt)), options).generated();
      report.model(model.info());
      report.put("generated", Answers.of(generated));
      String text = generated.get(0).text();
      Output.out(common).println(Terminal.isOutput() ? Terminal.visible(text) : text);
    }
    report.write();
    return 0;
  }
}
