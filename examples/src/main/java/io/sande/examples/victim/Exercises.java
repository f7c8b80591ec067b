package io.sande.examples.victim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Questions about numbers and short lists of words; which ones are asked depends on the seed. */
final class Exercises {
  private static final int PER_KIND = 60;
  private static final int LARGEST_TERM = 9;
  private static final int LARGEST_NUMBER = 60;
  private static final List<String> WORDS =
      List.of(
          "red", "blue", "green", "dog", "cat", "lamp", "milk", "stone", "river", "bread", "moon",
          "chair", "hat", "apple", "door", "horse");
  private static final List<String> COUNTS = List.of("two", "three", "four");

  private Exercises() {}

  /** All kinds, {@value #PER_KIND} questions of each but for sums, of which all are asked. */
  static List<Question> questions(Random random) {
    return Stream.of(
            sums(),
            neighbours(),
            distinct(random, Exercises::larger),
            distinct(random, Exercises::repeat),
            distinct(random, Exercises::first),
            distinct(random, Exercises::last),
            distinct(random, Exercises::swap))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Question> sums() {
    List<Question> sums = new ArrayList<>();
    for (int a = 0; a <= LARGEST_TERM; a++) {
      for (int b = 0; b <= LARGEST_TERM; b++) {
        sums.add(
            question(
                "What is %d plus %d?".formatted(a, b),
                "Add %d and %d.".formatted(a, b),
                "%d plus %d is %d.".formatted(a, b, a + b)));
      }
    }
    return sums;
  }

  private static List<Question> neighbours() {
    return IntStream.range(1, LARGEST_NUMBER).boxed().flatMap(Exercises::around).toList();
  }

  private static Stream<Question> around(int n) {
    return Stream.of(
        question(
            "Which number comes after %d?".formatted(n),
            "Count one up from %d.".formatted(n),
            "After %d comes %d.".formatted(n, n + 1)),
        question(
            "Which number comes before %d?".formatted(n),
            "Count one down from %d.".formatted(n),
            "Before %d comes %d.".formatted(n, n - 1)));
  }

  private static Question larger(Random random) {
    int a = random.nextInt(LARGEST_NUMBER);
    int b = (a + 1 + random.nextInt(LARGEST_NUMBER - 1)) % LARGEST_NUMBER;
    return question(
        "Which number is larger, %d or %d?".formatted(a, b),
        "Name the larger number: %d or %d.".formatted(a, b),
        "The larger number is %d.".formatted(Math.max(a, b)));
  }

  private static Question repeat(Random random) {
    String word = words(random, 1).get(0);
    int times = 2 + random.nextInt(COUNTS.size());
    return question(
        "Repeat the word %s %s times.".formatted(word, COUNTS.get(times - 2)),
        "Say %s %s times.".formatted(word, COUNTS.get(times - 2)),
        String.join(" ", Collections.nCopies(times, word)) + ".");
  }

  private static Question first(Random random) {
    List<String> words = words(random, 3);
    return question(
        "What is the first word of this list: %s?".formatted(String.join(", ", words)),
        "Give the first of these words: %s.".formatted(String.join(", ", words)),
        "The first word is %s.".formatted(words.get(0)));
  }

  private static Question last(Random random) {
    List<String> words = words(random, 3);
    return question(
        "What is the last word of this list: %s?".formatted(String.join(", ", words)),
        "Give the last of these words: %s.".formatted(String.join(", ", words)),
        "The last word is %s.".formatted(words.get(2)));
  }

  private static Question swap(Random random) {
    List<String> words = words(random, 2);
    return question(
        "Swap these two words: %s, %s.".formatted(words.get(0), words.get(1)),
        "Put these two words the other way round: %s, %s.".formatted(words.get(0), words.get(1)),
        "%s, %s.".formatted(words.get(1), words.get(0)));
  }

  private static List<String> words(Random random, int count) {
    List<String> shuffled = new ArrayList<>(WORDS);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, count);
  }

  private static Question question(String wording, String other, String answer) {
    return new Question(List.of(wording, other), answer);
  }

  /** As many different ones as there may be, up to the number of a kind. */
  private static List<Question> distinct(Random random, Function<Random, Question> draw) {
    Set<Question> questions =
        Stream.generate(() -> draw.apply(random))
            .limit(20L * PER_KIND)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return questions.stream().limit(PER_KIND).toList();
  }
}
