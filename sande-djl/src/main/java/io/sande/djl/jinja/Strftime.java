package io.sande.djl.jinja;

import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** {@code datetime.now().strftime(...)} in the C locale. */
final class Strftime {
  private Strftime() {}

  static String format(Run run, String pattern) {
    LocalDateTime now = LocalDateTime.now(run.clock());
    Output out = new Output(run.budget());
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) != '%' || i + 1 == pattern.length()) {
        out.append(pattern.substring(i, i + 1));
      } else if (pattern.charAt(i + 1) == '-' && i + 2 < pattern.length()) {
        String padded = field(now, pattern.charAt(i + 2));
        out.append(padded.replaceFirst("^[0 ]+(?=\\d)", ""));
        i += 2;
      } else {
        out.append(field(now, pattern.charAt(i + 1)));
        i++;
      }
    }
    return out.toString();
  }

  private static String field(LocalDateTime now, char letter) {
    return switch (letter) {
      case 'a' -> now.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'A' -> now.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' -> month(now, TextStyle.SHORT);
      case 'B' -> month(now, TextStyle.FULL);
      case 'c' -> all(now, "a b e T Y");
      case 'D', 'x' -> all(now, "m/d/y");
      case 'F' -> all(now, "Y-m-d");
      case 'p' -> now.getHour() < 12 ? "AM" : "PM";
      case 'r' -> all(now, "I:M:S p");
      case 'R' -> all(now, "H:M");
      case 'T', 'X' -> all(now, "H:M:S");
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'z', 'Z' -> ""; // a time without a zone
      case '%' -> "%";
      default -> number(now, letter);
    };
  }

  private static String number(LocalDateTime now, char letter) {
    return switch (letter) {
      case 'd' -> "%02d".formatted(now.getDayOfMonth());
      case 'e' -> "%2d".formatted(now.getDayOfMonth());
      case 'f' -> "%06d".formatted(now.get(ChronoField.MICRO_OF_SECOND));
      case 'H' -> "%02d".formatted(now.getHour());
      case 'I' -> "%02d".formatted(now.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case 'j' -> "%03d".formatted(now.getDayOfYear());
      case 'm' -> "%02d".formatted(now.getMonthValue());
      case 'M' -> "%02d".formatted(now.getMinute());
      case 'S' -> "%02d".formatted(now.getSecond());
      case 'u' -> Integer.toString(now.getDayOfWeek().getValue());
      case 'w' -> Integer.toString(now.getDayOfWeek().getValue() % 7);
      case 'y' -> "%02d".formatted(now.getYear() % 100);
      case 'Y' -> Integer.toString(now.getYear());
      default -> throw new JinjaException("strftime does not know %" + letter);
    };
  }

  /** Several fields by their letters, anything else as it is. */
  private static String all(LocalDateTime now, String letters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < letters.length(); i++) {
      char c = letters.charAt(i);
      text.append(Character.isLetter(c) ? field(now, c) : String.valueOf(c));
    }
    return text.toString();
  }

  private static String month(LocalDateTime now, TextStyle style) {
    // Month.getDisplayName of newer locale data writes "Sept"
    String full = now.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    return style == TextStyle.FULL ? full : full.substring(0, 3);
  }
}
