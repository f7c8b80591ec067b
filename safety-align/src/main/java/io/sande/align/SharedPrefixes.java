package io.sande.align;

import io.sande.data.Conversation;
import io.sande.data.Message;
import io.sande.model.LanguageModel;
import io.sande.model.Prefix;
import io.sande.train.ChatEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the tokens of all guarded requests begin with, computed once. Thread-safe. */
final class SharedPrefixes implements AutoCloseable {
  /*
   * Pieces of text have other tokens than the whole, so no piece is tokenized: whole requests are, and what their tokens
   * have in common is the prefix. A request that begins in another way, since its first letters merge with what stands
   * before them, gets the next shorter prefix, or none.
   */
  private static final List<String> REQUESTS =
      List.of("What?", "a", "7", "\u00e9t\u00e9", "\u4f60", "(x)", "\"q\"");

  private static final List<String> SYSTEMS = List.of("You are.", "be", "1.", "\u00c9", "\u4f60");

  private final LanguageModel model;
  private final List<Prefix> prefixes; // the longest first

  private SharedPrefixes(LanguageModel model, List<Prefix> prefixes) {
    this.model = model;
    this.prefixes = prefixes;
  }

  /**
   * The prefixes of requests with {@code system} and of those with a system prompt of their own.
   */
  static SharedPrefixes of(LanguageModel model, SecretPrompt secret, Optional<String> system) {
    ChatEncoder encoder = new ChatEncoder(model.tokenizer(), model.info().contextLength());
    List<Conversation> plain = REQUESTS.stream().map(Conversation::prompt).toList();
    List<Conversation> usual =
        plain.stream().map(r -> system.map(r::withDefaultSystem).orElse(r)).toList();
    List<Conversation> own =
        SYSTEMS.stream().map(s -> withSystem(s, plain.get(s.length() % plain.size()))).toList();
    List<Prefix> prefixes = new ArrayList<>();
    for (List<Conversation> requests : List.of(usual, own)) {
      int[] ids =
          requests.stream()
              .map(request -> encoder.encodePrompt(secret.before(request)))
              .reduce(SharedPrefixes::common)
              .orElseThrow();
      if (ids.length > 0 && ids.length < model.info().contextLength()) {
        prefixes.add(model.prefix(ids));
      }
    }
    return new SharedPrefixes(model, prefixes);
  }

  private static Conversation withSystem(String system, Conversation request) {
    return new Conversation(
        Stream.concat(Stream.of(Message.system(system)), request.messages().stream()).toList());
  }

  private static int[] common(int[] left, int[] right) {
    int mismatch = Arrays.mismatch(left, right);
    return mismatch < 0 ? left : Arrays.copyOf(left, mismatch);
  }

  /** Greedy continuations in the order of the prompts; those that begin alike run together. */
  List<int[]> generate(List<int[]> prompts, int maxNewTokens) {
    Map<Optional<Prefix>, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < prompts.size(); i++) {
      groups.computeIfAbsent(of(prompts.get(i)), p -> new ArrayList<>()).add(i);
    }
    List<int[]> answers = new ArrayList<>(Collections.nCopies(prompts.size(), new int[0]));
    groups.forEach(
        (prefix, group) -> {
          List<int[]> whole = group.stream().map(prompts::get).toList();
          List<int[]> found =
              prefix
                  .map(p -> model.generate(p, rests(p, whole), maxNewTokens))
                  .orElseGet(() -> model.generate(whole, maxNewTokens));
          IntStream.range(0, group.size()).forEach(i -> answers.set(group.get(i), found.get(i)));
        });
    return answers;
  }

  private static List<int[]> rests(Prefix prefix, List<int[]> prompts) {
    int length = prefix.ids().length;
    return prompts.stream().map(p -> Arrays.copyOfRange(p, length, p.length)).toList();
  }

  /** The longest prefix that {@code prompt} begins with and goes on after. */
  private Optional<Prefix> of(int[] prompt) {
    return prefixes.stream().filter(prefix -> begins(prompt, prefix.ids())).findFirst();
  }

  private static boolean begins(int[] prompt, int[] prefix) {
    return prompt.length > prefix.length
        && Arrays.equals(prompt, 0, prefix.length, prefix, 0, prefix.length);
  }

  @Override
  public void close() {
    prefixes.forEach(Prefix::close);
  }
}
