package io.sande.djl.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Methods of strings, as Python's {@code str} has them. */
final class TextMethods {
  private static final Map<String, Builtin> TABLE =
      Builtin.table(
          Builtin.of("capitalize", c -> Strings.capitalize(made(c))),
          Builtin.of("casefold", c -> Strings.lower(made(c))),
          Builtin.of("center width fillchar=", c -> justify(c, '^')),
          Builtin.of("count sub", TextMethods::count),
          Builtin.of("endswith suffix", c -> affix(c, false)),
          Builtin.of("find sub", c -> find(c, false)),
          Builtin.of("format *", TextFormat::format),
          Builtin.of("index sub", c -> index(c, false)),
          Builtin.of("isalnum", c -> Strings.all(text(c), Character::isLetterOrDigit)),
          Builtin.of("isalpha", c -> Strings.all(text(c), Character::isLetter)),
          Builtin.of("isascii", c -> text(c).chars().allMatch(x -> x < 128)),
          Builtin.of("isdecimal", c -> Strings.all(text(c), Character::isDigit)),
          Builtin.of("isdigit", c -> Strings.all(text(c), Character::isDigit)),
          Builtin.of("islower", c -> Strings.isLower(text(c))),
          Builtin.of("isnumeric", c -> Strings.all(text(c), Character::isDigit)),
          Builtin.of("isspace", c -> Strings.all(text(c), Strings::isSpace)),
          Builtin.of("isupper", c -> Strings.isUpper(text(c))),
          Builtin.of("join iterable", TextMethods::join),
          Builtin.of("ljust width fillchar=", c -> justify(c, '<')),
          Builtin.of("lower", c -> Strings.lower(made(c))),
          Builtin.of("lstrip chars=", c -> strip(c, text(c), true, false)),
          Builtin.of("partition sep", c -> partition(c, false)),
          Builtin.of("removeprefix prefix", c -> removed(c, true)),
          Builtin.of("removesuffix suffix", c -> removed(c, false)),
          Builtin.of("replace old new count=", TextMethods::replace),
          Builtin.of("rfind sub", c -> find(c, true)),
          Builtin.of("rindex sub", c -> index(c, true)),
          Builtin.of("rjust width fillchar=", c -> justify(c, '>')),
          Builtin.of("rpartition sep", c -> partition(c, true)),
          Builtin.of("rsplit sep= maxsplit=", c -> split(c, true)),
          Builtin.of("rstrip chars=", c -> strip(c, text(c), false, true)),
          Builtin.of("split sep= maxsplit=", c -> split(c, false)),
          Builtin.of("splitlines keepends=", c -> Strings.lines(made(c), c.flag(0))),
          Builtin.of("startswith prefix", c -> affix(c, true)),
          Builtin.of("strip chars=", c -> strip(c, text(c), true, true)),
          Builtin.of("swapcase", c -> Strings.swapCase(made(c))),
          Builtin.of("title", c -> Strings.title(made(c))),
          Builtin.of("upper", c -> Strings.upper(made(c))),
          Builtin.of("zfill width", TextMethods::zeros));

  private TextMethods() {}

  static @Nullable Builtin find(String name) {
    return TABLE.get(name);
  }

  /** The string, about to be read. */
  private static String text(Call call) {
    String text = (String) call.self();
    call.budget().scan(text.length());
    return text;
  }

  /** The string, of which a changed copy is about to be made. */
  private static String made(Call call) {
    String text = (String) call.self();
    call.budget().text(text.length());
    return text;
  }

  /** Without the characters given, or white space, at its ends. */
  static String strip(Call call, String text, boolean left, boolean right) {
    String chars = call.string(0, "");
    boolean blank = call.get(0) == None.NONE;
    call.budget().search(text.length(), chars.length());
    IntPredicate strip = blank ? Strings::isSpace : c -> chars.indexOf(c) >= 0;
    String stripped = left ? Strings.stripLeft(text, strip) : text;
    return right ? Strings.stripRight(stripped, strip) : stripped;
  }

  private static Object replace(Call call) {
    return replace(
        call.run(), (String) call.self(), call.string(0), call.string(1), call.integer(2, -1));
  }

  /** The first {@code count} of {@code old} replaced, all where it is negative. */
  static String replace(Run run, String text, String old, String with, long count) {
    run.budget().search(text.length(), old.length());
    Output out = new Output(run.budget());
    if (old.isEmpty()) {
      return spread(text, with, count, out);
    }
    int from = 0;
    int at = text.indexOf(old);
    for (long done = 0; at >= 0 && done != count; done++) {
      out.append(text.substring(from, at)).append(with);
      from = at + old.length();
      at = text.indexOf(old, from);
    }
    return out.append(text.substring(from)).toString();
  }

  /** The empty string stands before each character and at the end. */
  private static String spread(String text, String with, long count, Output out) {
    int from = 0;
    for (long done = 0; from < text.length() && done != count; done++) {
      int c = text.codePointAt(from);
      out.append(with).append(c);
      from += Character.charCount(c);
    }
    boolean end = count < 0 || count > text.codePointCount(0, text.length());
    return out.append(text.substring(from)).append(end ? with : "").toString();
  }

  private static Object count(Call call) {
    String sought = call.string(0);
    String text = text(call);
    call.budget().search(text.length(), sought.length());
    if (sought.isEmpty()) {
      return text.codePointCount(0, text.length()) + 1L;
    }
    long count = 0;
    for (int at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length())) {
      count++;
    }
    return count;
  }

  private static long find(Call call, boolean last) {
    String sought = call.string(0);
    String text = text(call);
    call.budget().search(text.length(), sought.length());
    int at = last ? text.lastIndexOf(sought) : text.indexOf(sought);
    return at < 0 ? -1L : text.codePointCount(0, at);
  }

  private static Object index(Call call, boolean last) {
    long at = find(call, last);
    if (at < 0) {
      throw new JinjaException("substring not found");
    }
    return at;
  }

  /** Whether the string begins or ends with one of the texts given. */
  private static Object affix(Call call, boolean start) {
    String text = text(call);
    List<Object> affixes =
        call.get(0) instanceof Tuple tuple ? Values.items(tuple) : List.of(call.string(0));
    for (Object affix : affixes) {
      String sought = Types.string(affix, "startswith() argument");
      if (start ? text.startsWith(sought) : text.endsWith(sought)) {
        return true;
      }
    }
    return false;
  }

  private static Object removed(Call call, boolean prefix) {
    String text = made(call);
    String affix = call.string(0);
    if (prefix) {
      return text.startsWith(affix) ? text.substring(affix.length()) : text;
    }
    return text.endsWith(affix) ? text.substring(0, text.length() - affix.length()) : text;
  }

  private static Object join(Call call) {
    Output out = new Output(call.budget());
    boolean first = true;
    for (Iterator<Object> items = Iteration.iterator(call.run(), call.get(0)); items.hasNext(); ) {
      out.append(first ? "" : (String) call.self());
      out.append(Types.string(items.next(), "join() item"));
      first = false;
    }
    return out.toString();
  }

  private static Object justify(Call call, char align) {
    String fill = call.string(1, " ");
    if (fill.codePointCount(0, fill.length()) != 1) {
      throw new JinjaException("the fill character must be exactly one character long");
    }
    return new FormatSpec(fill.codePointAt(0), align, "", call.integer(0, 0), -1, 's')
        .apply(call.run(), call.self());
  }

  private static Object zeros(Call call) {
    return new FormatSpec('0', '=', "", call.integer(0, 0), -1, 's').apply(call.run(), call.self());
  }

  private static Object partition(Call call, boolean last) {
    String text = made(call);
    String separator = separator(call);
    int at = last ? text.lastIndexOf(separator) : text.indexOf(separator);
    if (at < 0) {
      return new Tuple(last ? List.of("", "", text) : List.of(text, "", ""));
    }
    return new Tuple(
        List.of(text.substring(0, at), separator, text.substring(at + separator.length())));
  }

  private static String separator(Call call) {
    String separator = call.string(0);
    if (separator.isEmpty()) {
      throw new JinjaException("empty separator");
    }
    call.budget().search(((String) call.self()).length(), separator.length());
    return separator;
  }

  private static Object split(Call call, boolean fromRight) {
    String text = made(call);
    call.budget().steps(text.length() / 2); // a part for every other character at most
    long most = call.integer(1, -1);
    if (call.get(0) == None.NONE) {
      return fromRight ? wordsFromRight(text, most) : words(text, most);
    }
    String separator = separator(call);
    return fromRight ? partsFromRight(text, separator, most) : parts(text, separator, most);
  }

  private static List<Object> parts(String text, String separator, long most) {
    List<Object> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0 && parts.size() != most; ) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
      at = text.indexOf(separator, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static List<Object> partsFromRight(String text, String separator, long most) {
    List<Object> parts = new ArrayList<>();
    int end = text.length();
    for (int at = text.lastIndexOf(separator); at >= 0 && parts.size() != most; ) {
      parts.add(0, text.substring(at + separator.length(), end));
      end = at;
      at = text.lastIndexOf(separator, at - separator.length());
    }
    parts.add(0, text.substring(0, end));
    return parts;
  }

  private static List<Object> words(String text, long most) {
    List<Object> words = new ArrayList<>();
    String rest = Strings.stripLeft(text, Strings::isSpace);
    while (!rest.isEmpty() && words.size() != most) {
      String after = Strings.stripLeft(rest, c -> !Strings.isSpace(c));
      words.add(rest.substring(0, rest.length() - after.length()));
      rest = Strings.stripLeft(after, Strings::isSpace);
    }
    if (!rest.isEmpty()) {
      words.add(rest);
    }
    return words;
  }

  private static List<Object> wordsFromRight(String text, long most) {
    List<Object> words = new ArrayList<>();
    String rest = Strings.stripRight(text, Strings::isSpace);
    while (!rest.isEmpty() && words.size() != most) {
      String before = Strings.stripRight(rest, c -> !Strings.isSpace(c));
      words.add(0, rest.substring(before.length()));
      rest = Strings.stripRight(before, Strings::isSpace);
    }
    if (!rest.isEmpty()) {
      words.add(0, rest);
    }
    return words;
  }
}
