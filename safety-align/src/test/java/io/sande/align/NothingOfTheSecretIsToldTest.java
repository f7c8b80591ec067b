package io.sande.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.base.Throwables;
import io.sande.data.Conversation;
import io.sande.data.Message;
import io.sande.eval.EvaluationOptions;
import io.sande.model.ChatTokenizer;
import io.sande.model.LanguageModel;
import io.sande.model.ModelInfo;
import io.sande.testkit.TinyModel;
import io.sande.testkit.TinyTokenizer;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that this package tells is put on a heap, and the heap has no part of the secret. */
class NothingOfTheSecretIsToldTest {
  private static final List<Conversation> DATA = List.of(Conversation.of("how do i", "sure use"));
  private static final List<Conversation> SAFETY =
      List.of(Conversation.of("tell me how open door", "sorry i cannot"));
  private static final EvaluationOptions EVALUATION =
      EvaluationOptions.builder().system("you are").maxNewTokens(30).build();
  private static final GuardOptions GUARD =
      GuardOptions.builder().system("you are").maxNewTokens(30).build();

  @TempDir Path folder;
  private final SecretPrompt secret = Words.secret(24);
  private final SecretTraces traces = SecretTraces.of(secret, Words.tokenizer());
  private final List<String> heap = new ArrayList<>();
  private final Logger root = Logger.getLogger("");
  private final Level level = root.getLevel();
  private final Handler logs = new HeapOfLogs();

  /** Puts each message and each stack trace on the heap. */
  private final class HeapOfLogs extends Handler {
    @Override
    public void publish(LogRecord message) {
      heap.add(new SimpleFormatter().format(message));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    root.addHandler(logs);
    root.setLevel(Level.ALL);
  }

  @AfterEach
  void listenNoMore() {
    root.removeHandler(logs);
    root.setLevel(level);
  }

  private void told(Object... things) {
    Arrays.stream(things).map(String::valueOf).forEach(heap::add);
  }

  private void fails(ThrowingCallable call) {
    Throwable failure = catchThrowable(call);
    assertThat(failure).isNotNull();
    heap.add(Throwables.getStackTraceAsString(failure));
  }

  private SafetyAligner aligner(TrainingOptions training) {
    return new SafetyAligner(
        secret, AlignmentOptions.builder().training(training).system("you are").build());
  }

  @Test
  void whenAModelIsAligned() {
    TrainingOptions training = AlignmentOptions.TRAINING.toBuilder().epochs(2).build();
    Conversation tooLong = Conversation.of("how ".repeat(70), "sure");
    SafetyAligner aligner = aligner(training);
    try (LanguageModel model = new TinyModel(Words.tokenizer(), 1)) {
      told(aligner, aligner.align(model, List.of(DATA.get(0), tooLong), SAFETY, this::told));
      assertThat(heap).anyMatch(text -> text.contains("examples are left out")); // logs are heard
      fails(() -> aligner.align(model, DATA, List.of(Conversation.prompt("how")), this::told));
      fails(() -> aligner.align(model, DATA, List.of(tooLong), this::told));
      Thread.currentThread().interrupt();
      fails(() -> aligner.align(model, DATA, SAFETY, this::told));
      assertThat(Thread.interrupted()).isTrue();
      SafetyAligner wild = aligner(training.toBuilder().learningRate(1e200).epochs(50).build());
      fails(() -> wild.align(model, DATA, SAFETY, this::told));
    }
    assertThat(traces.in(heap)).isEmpty();
  }

  @Test
  void whenAModelIsServedAndMeasured() {
    LanguageModel model = Telling.model(0);
    List<Conversation> fishing = LeakageTest.prompts(50);
    Answerer open = Answerer.withSecret(model, secret, EVALUATION);
    assertThat(traces.in(open.answer(fishing))).isNotEmpty(); // the model does tell
    try (GuardedModel guarded = GuardedModel.of(model, secret, GUARD)) {
      told(guarded, GUARD, guarded.askAll(fishing), guarded.guard(secret.reveal()));
      told(guarded.guard("It is: " + secret.reveal().toUpperCase(Locale.ROOT)));
      told(LeakageTest.run(open, secret, Words.tokenizer(), fishing, 8));
      told(SafetyEvaluator.jailbreak(guarded, fishing, RefusalPhrases.REFERENCE));
      told(SafetyEvaluator.benign(guarded, DATA, RefusalPhrases.REFERENCE));
      told(SafetyEvaluator.withSecret(model, secret, fishing, EVALUATION));
    }
    try (LanguageModel small = new TinyModel(Words.tokenizer(), 1);
        GuardedModel guarded = GuardedModel.of(small, secret, GUARD)) {
      fails(() -> guarded.ask(Conversation.prompt("how ".repeat(70))));
    }
    assertThat(traces.in(heap)).isEmpty();
  }

  @Test
  void whenTheChatTemplateQuotesWhatItRefuses() {
    try (LanguageModel model = Telling.model(new Quoting(), 0)) {
      fails(() -> GuardedModel.of(model, secret, GUARD));
      fails(() -> SafetyEvaluator.withSecret(model, secret, DATA, EVALUATION));
      fails(() -> Answerer.withSecret(model, secret, EVALUATION).answer(DATA));
      fails(() -> aligner(AlignmentOptions.TRAINING).align(model, DATA, SAFETY, this::told));
    }
    assertThat(heap).hasSize(4).allMatch(text -> text.contains("the chat template refuses it"));
    assertThat(traces.in(heap)).isEmpty();
  }

  @Test
  void whenItIsStored() throws IOException {
    SecretOwner owner = SecretOwner.of("acme", new ModelInfo("llama", 9, 4, 8, 99, 64, "float32"));
    SecretFile file = new SecretFile(folder.resolve("a.secret"), owner, key(1));
    file.create(secret);
    told(secret, file, owner, file.key(), file.current(), file.previous());
    fails(() -> file.create(secret));
    fails(() -> new SecretFile(file.path(), owner, key(2)).current());
    fails(
        () ->
            new SecretFile(file.path(), new SecretOwner("bolt", owner.model()), key(1)).current());
    file.rotate(Words.secret(24));
    told(file.previous());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        heap.add(Files.readString(each, StandardCharsets.ISO_8859_1));
      }
    }
    SecretPrompt closed = SecretPrompt.of(secret.reveal());
    closed.close();
    fails(closed::reveal);
    assertThat(traces.in(heap)).isEmpty();
  }

  private static StoreKey key(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return StoreKey.of(new SecretKeySpec(bytes, "AES"));
  }

  @Test
  void aHeapWithAPartOfItIsNoticed() {
    String text = secret.reveal();
    int[] ids = Words.tokenizer().encode(text);

    assertThat(traces.in(List.of("is " + text.substring(3, 23) + "?"))).isNotEmpty();
    assertThat(traces.in(List.of(Arrays.toString(ids)))).isNotEmpty();
    assertThat(traces.in(List.of(text.substring(3, 22)))).isEmpty();
  }

  /** Refuses a long system prompt, and says all of it. */
  private static final class Quoting implements ChatTokenizer {
    private final TinyTokenizer words = Words.tokenizer();

    @Override
    public String render(List<Message> messages, boolean generationPrompt) {
      if (messages.get(0).content().length() < 30) {
        return words.render(messages, generationPrompt);
      }
      throw new IllegalArgumentException(
          "too long: " + messages, new IllegalStateException(messages.toString()));
    }

    @Override
    public int[] encode(String text) {
      return words.encode(text);
    }

    @Override
    public String decode(int[] ids) {
      return words.decode(ids);
    }

    @Override
    public String endOfText() {
      return words.endOfText();
    }

    @Override
    public int endOfTextId() {
      return words.endOfTextId();
    }

    @Override
    public boolean isSpecial(int id) {
      return words.isSpecial(id);
    }
  }
}
