package io.sande.testkit;

import io.sande.data.Message;
import io.sande.model.ChatTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One token for each word and each sign. A chat is {@code <user> question <assistant> answer}. */
public final class TinyTokenizer implements ChatTokenizer {
  private static final List<String> SPECIAL =
      List.of("<unknown>", "</s>", "<system>", "<user>", "<assistant>");
  private static final Pattern WORD = Pattern.compile("</?[a-z]+>|\\w+|[^\\w\\s]");

  private final List<String> words;
  private final Map<String, Integer> ids;

  private TinyTokenizer(Set<String> words) {
    this.words = List.copyOf(words);
    this.ids =
        IntStream.range(0, this.words.size())
            .boxed()
            .collect(Collectors.toUnmodifiableMap(this.words::get, Function.identity()));
  }

  /** A vocabulary of all words in {@code texts}. */
  public static TinyTokenizer of(Collection<String> texts) {
    Set<String> words = new LinkedHashSet<>(SPECIAL);
    texts.forEach(text -> words.addAll(split(text)));
    return new TinyTokenizer(words);
  }

  /** V, special tokens among them. */
  public int size() {
    return words.size();
  }

  @Override
  public String render(List<Message> messages, boolean generationPrompt) {
    List<String> parts = new ArrayList<>();
    for (Message message : messages) {
      parts.add("<" + message.role().text() + "> " + message.content() + end(message));
    }
    return String.join(" ", parts) + (generationPrompt ? " <assistant>" : "");
  }

  private static String end(Message message) {
    return message.role() == Message.Role.ASSISTANT ? " </s>" : "";
  }

  @Override
  public int[] encode(String text) {
    return split(text).stream().mapToInt(word -> ids.getOrDefault(word, 0)).toArray();
  }

  @Override
  public String decode(int[] tokens) {
    return Arrays.stream(tokens)
        .filter(id -> !isSpecial(id))
        .mapToObj(words::get)
        .collect(Collectors.joining(" "))
        .replaceAll(" (?=[.,?!])", "");
  }

  @Override
  public String endOfText() {
    return SPECIAL.get(endOfTextId());
  }

  @Override
  public int endOfTextId() {
    return 1;
  }

  @Override
  public boolean isSpecial(int id) {
    return id < SPECIAL.size();
  }

  private static List<String> split(String text) {
    return WORD.matcher(text).results().map(MatchResult::group).toList();
  }
}
