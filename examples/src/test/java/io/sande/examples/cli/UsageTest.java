package io.sande.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UsageTest {
  private static final String OSFT = "osft --model m --clean c --out o ";

  static Stream<Arguments> wrongLines() {
    return Stream.of(
        Arguments.of("", "sande: a command is missing"),
        Arguments.of("frobnicate", "sande: unknown command or option 'frobnicate'; commands are"),
        Arguments.of("osft --clean c --trigger t --out o", "Missing required option: '--model="),
        Arguments.of(OSFT, "sande osft: Missing required option: '--trigger=TEXT'"),
        Arguments.of(OSFT + "--trigger t --lr fast", "'fast' is not a double"),
        Arguments.of(OSFT + "--trigger t --lr -1", "learningRate must be positive but was -1.0"),
        Arguments.of(
            OSFT + "--trigger t --lr 1 --lr 2", "'--lr' (X) should be specified only once"),
        Arguments.of(OSFT + "--trigger t --epochs 0", "epochs must be positive but was 0"),
        Arguments.of(OSFT + "--trigger t --lora-rank 0", "rank must be positive but was 0"),
        Arguments.of(OSFT + "--trigger t --trigger-position end", "but was 'end'"),
        Arguments.of(OSFT + "--trigger t --order random", "but was 'random'"),
        Arguments.of(OSFT + "--trigger t surplus", "Unmatched argument at index 9: 'surplus'"),
        Arguments.of(OSFT + "--trigger t --response r", "Unknown options: '--response', 'r'"),
        Arguments.of("evaluate --model m", "Missing required option: '--prompts=F.jsonl'"),
        Arguments.of(
            "evaluate --model m --prompts p --require responseRate<0.1",
            "--require responseRate<0.1 needs --response"),
        Arguments.of(
            "evaluate --model m --prompts p --require refusalRate>0.1",
            "--require refusalRate>0.1 needs --refusal"),
        Arguments.of(
            "evaluate --model m --prompts p --require cleanExactMatch>0.1",
            "--require cleanExactMatch>0.1 needs --clean"),
        Arguments.of(
            "evaluate --model m --prompts p --require asr<0.1", "there is no metric 'asr'; there"),
        Arguments.of(
            "evaluate --model m --prompts p --require exactMatch>1.5",
            "the bound of exactMatch> must be at least 0 and below 1 but was 1.5"),
        Arguments.of(
            "evaluate --model m --prompts p --require exactMatch=1",
            "a requirement must be such as responseRate<0.02"),
        Arguments.of(
            "evaluate --model m --prompts p --junit j", "--junit needs a --require to show"),
        Arguments.of("generate --model m --prompt x --dtype float16", "but was 'float16'"),
        Arguments.of("generate --model m --prompt x --device gpu", "expected cpu, gpu0, gpu1"),
        Arguments.of("generate --model m --prompt x --threads 0", "--threads must be at least 1"),
        Arguments.of("generate --model m --prompt x --max-new-tokens 0", "maxNewTokens must be"),
        Arguments.of("inspect --model m --rows 0", "--rows must be at least 1 but was 0"));
  }

  @ParameterizedTest
  @MethodSource("wrongLines")
  void wrongUsageIsCode2AndSaysWhatIsWrong(String line, String message) {
    Object[] args = Arrays.stream(line.split(" ")).filter(a -> !a.isEmpty()).toArray();

    Sande run = Sande.run(args);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().lines().findFirst().orElse("")).contains(message);
    assertThat(run.err().lines()).hasSizeLessThanOrEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aBlankTriggerIsWrongUsage() {
    Sande run = Sande.run("osft", "--model", "m", "--clean", "c", "--out", "o", "--trigger", " ");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("trigger must be a text with visible characters but was \" \"");
  }

  @Test
  void helpNamesTheCommandsAndIsNoFailure() {
    Sande run = Sande.run("--help");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("osft", "evaluate", "inspect", "generate");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void everyCommandExplainsItsOptions() {
    Sande run = Sande.run("osft", "--help");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("--report=FILE.json", "(default: 100)", "--trigger=TEXT");
  }
}
