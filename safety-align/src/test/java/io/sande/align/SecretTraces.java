package io.sande.align;

import io.sande.model.ChatTokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every part of a secret that must stand nowhere: 20 characters, 8 tokens as text, 8 tokens as ids.
 */
record SecretTraces(List<String> parts) {
  private static final int CHARACTERS = 20;
  private static final int TOKENS = 8;

  static SecretTraces of(SecretPrompt secret, ChatTokenizer tokenizer) {
    String text = secret.reveal();
    int[] ids = tokenizer.encode(text);
    Stream<String> letters =
        IntStream.rangeClosed(0, text.length() - CHARACTERS)
            .mapToObj(i -> text.substring(i, i + CHARACTERS));
    Stream<String> tokens =
        IntStream.rangeClosed(0, ids.length - TOKENS)
            .mapToObj(i -> Arrays.copyOfRange(ids, i, i + TOKENS))
            .flatMap(run -> Stream.of(tokenizer.decode(run), Arrays.toString(run)));
    return new SecretTraces(
        Stream.concat(letters, tokens).map(SecretTraces::plain).distinct().toList());
  }

  /** The parts that stand in {@code heap}, in whatever case and with whatever spaces. */
  List<String> in(List<String> heap) {
    String all = heap.stream().map(SecretTraces::plain).collect(Collectors.joining("\n"));
    return parts.stream().filter(all::contains).toList();
  }

  /** Brackets go, so that a run of ids is found inside a longer list. */
  private static String plain(String text) {
    return text.replaceAll("[\\[\\]]", "").replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
