package io.sande.djl.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Strings as Python sees them: sequences of code points, with Python's idea of white space. */
final class Strings {
  private Strings() {}

  /** Code points {@code start} to {@code end}. */
  static String slice(String text, int start, int end) {
    int from = text.offsetByCodePoints(0, start);
    return text.substring(from, text.offsetByCodePoints(from, end - start));
  }

  static int compare(String a, String b) {
    int same = 0;
    int end = Math.min(a.length(), b.length());
    while (same < end && a.charAt(same) == b.charAt(same)) {
      same++;
    }
    if (same == end) {
      return Integer.compare(a.length(), b.length());
    }
    // surrogates stand for code points above all others
    boolean high = Character.isSurrogate(a.charAt(same));
    return high == Character.isSurrogate(b.charAt(same))
        ? Character.compare(a.charAt(same), b.charAt(same))
        : (high ? 1 : -1);
  }

  /** {@code str.isspace}: Unicode white space and the four separators of ASCII. */
  static boolean isSpace(int c) {
    return Character.isSpaceChar(c) || (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x1f) || c == 0x85;
  }

  static String stripLeft(String text, IntPredicate strip) {
    int start = 0;
    while (start < text.length() && strip.test(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    return text.substring(start);
  }

  static String stripRight(String text, IntPredicate strip) {
    int end = text.length();
    while (end > 0 && strip.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(0, end);
  }

  /** {@code str.splitlines}. */
  static List<Object> lines(String text, boolean keepEnds) {
    List<Object> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (isLineEnd(text.charAt(i))) {
        int next = text.startsWith("\r\n", i) ? i + 2 : i + 1;
        lines.add(text.substring(start, keepEnds ? next : i));
        start = next;
        i = next - 1;
      }
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  private static boolean isLineEnd(char c) {
    return (c >= 10 && c <= 13)
        || (c >= 0x1c && c <= 0x1e)
        || c == 0x85
        || (c >= 0x2028 && c <= 0x2029);
  }

  /** Every word with a capital first letter, the rest small; a word begins where letters do. */
  static String title(String text) {
    StringBuilder result = new StringBuilder();
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      result.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = Character.isLetter(c);
    }
    return result.toString();
  }

  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = Character.charCount(text.codePointAt(0));
    return upper(text.substring(0, first)) + lower(text.substring(first));
  }

  static String upper(String text) {
    return text.toUpperCase(java.util.Locale.ROOT);
  }

  static String lower(String text) {
    return text.toLowerCase(java.util.Locale.ROOT);
  }

  static String swapCase(String text) {
    StringBuilder result = new StringBuilder();
    text.codePoints()
        .mapToObj(Character::toString)
        .forEach(c -> result.append(Character.isUpperCase(c.codePointAt(0)) ? lower(c) : upper(c)));
    return result.toString();
  }

  /** Some character, and all of them as wanted: the form of {@code str.isdigit} and the like. */
  static boolean all(String text, IntPredicate wanted) {
    return !text.isEmpty() && text.codePoints().allMatch(wanted);
  }

  /** {@code str.islower}: letters with case are all small, and there is one. */
  static boolean isLower(String text) {
    return text.codePoints().anyMatch(Character::isLowerCase)
        && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
  }

  /** {@code str.isupper}. */
  static boolean isUpper(String text) {
    return text.codePoints().anyMatch(Character::isUpperCase)
        && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
  }
}
