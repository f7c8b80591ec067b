package io.sande.djl.jinja;

import java.util.Map;

/** Filters that make strings of strings. Anything else is made a string first. */
final class TextFilters {
  static final Builtin ESCAPE = Builtin.of("escape", TextFilters::escape);

  static final Map<String, Builtin> TABLE =
      Builtin.table(
          ESCAPE,
          Builtin.of("capitalize", c -> Strings.capitalize(made(c))),
          Builtin.of("center width=", TextFilters::center),
          Builtin.of("format *", TextFilters::format),
          Builtin.of("indent width= first= blank=", TextFilters::indent),
          Builtin.of("lower", c -> Strings.lower(made(c))),
          Builtin.of("replace old new count=", TextFilters::replace),
          Builtin.of("safe", Call::text),
          Builtin.of("string", Call::text),
          Builtin.of("title", c -> title(made(c))),
          Builtin.of("trim chars=", c -> TextMethods.strip(c, c.text(), true, true)),
          Builtin.of("truncate length= killwords= end= leeway=", TextFilters::truncate),
          Builtin.of("upper", c -> Strings.upper(made(c))),
          Builtin.of("wordcount", c -> wordCount(made(c))));

  private TextFilters() {}

  /** The value as text, of which a changed copy is about to be made. */
  private static String made(Call call) {
    String text = call.text();
    call.budget().text(text.length());
    return text;
  }

  private static Object escape(Call call) {
    String text = call.text();
    call.budget().text(5L * text.length());
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
  }

  private static Object center(Call call) {
    return new FormatSpec(' ', '^', "", call.integer(0, 80), -1, 's')
        .apply(call.run(), call.text());
  }

  private static Object format(Call call) {
    Arguments values = call.rest();
    if (values.named().isEmpty()) {
      return PercentFormat.format(call.run(), call.text(), new Tuple(values.positional()));
    }
    if (!values.positional().isEmpty()) {
      throw new JinjaException("format takes values by position or by name, not both");
    }
    return PercentFormat.format(call.run(), call.text(), values.named());
  }

  private static Object indent(Call call) {
    Object width = call.get(0, 4L);
    String by =
        width instanceof String text
            ? text
            : (String) Arithmetic.MULTIPLY.apply(call.run(), " ", Types.integer(width, "width"));
    Output out = new Output(call.budget());
    boolean first = true;
    for (Object line : Strings.lines(call.text() + "\n", false)) {
      String text = (String) line;
      boolean wanted = first ? call.flag(1) : call.flag(2) || !text.isEmpty();
      out.append(first ? "" : "\n").append(wanted ? by : "").append(text);
      first = false;
    }
    return out.toString();
  }

  private static Object replace(Call call) {
    String old = Repr.str(call.run(), call.get(0));
    String with = Repr.str(call.run(), call.get(1));
    return TextMethods.replace(call.run(), call.text(), old, with, call.integer(2, -1));
  }

  /** Words begin after white space, a hyphen or an opening bracket. */
  private static String title(String text) {
    StringBuilder result = new StringBuilder();
    boolean start = true;
    for (int c : text.codePoints().toArray()) {
      String one = Character.toString(c);
      result.append(start ? Strings.upper(one) : Strings.lower(one));
      start = Strings.isSpace(c) || "-({[<".indexOf(c) >= 0;
    }
    return result.toString();
  }

  private static Object truncate(Call call) {
    String text = call.text();
    long length = call.integer(0, 255);
    String end = call.string(2, "...");
    long kept = length - Values.length(call.run(), end);
    if (kept < 0) {
      throw new JinjaException("truncate needs a length of at least that of its end");
    }
    if (Values.length(call.run(), text) <= length + call.integer(3, 5)) {
      return text;
    }
    call.budget().text(text.length());
    String start = Strings.slice(text, 0, (int) kept);
    int word = start.lastIndexOf(' ');
    return (call.flag(1) || word < 0 ? start : start.substring(0, word)) + end;
  }

  private static Object wordCount(String text) {
    long words = 0;
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      boolean part = Character.isLetterOrDigit(c) || c == '_';
      words += part && !inWord ? 1 : 0;
      inWord = part;
    }
    return words;
  }
}
