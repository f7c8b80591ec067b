package io.sande.djl.jinja;

import io.sande.djl.jinja.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Cuts a template into tokens, with {@code trim_blocks} (the newline after a block tag goes) and
 * {@code lstrip_blocks} (so do blanks between the start of a line and a block tag).
 */
final class Lexer {
  private static final Set<String> TWO_CHARS = Set.of("//", "**", "==", "!=", ">=", "<=");
  private static final String ONE_CHAR = "+-/*%~[](){}><=.:|,;";

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private final Deque<Character> brackets = new ArrayDeque<>();
  private int pos;
  private int line = 1;

  private Lexer(String source) {
    this.source = source;
  }

  /** The tokens of a template; the last is {@code END}. */
  static List<Token> tokens(String template) {
    String source = template.replace("\r\n", "\n").replace('\r', '\n');
    Lexer lexer =
        new Lexer(source.endsWith("\n") ? source.substring(0, source.length() - 1) : source);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (pos < source.length()) {
      int begin = nextTag();
      data(pos, begin, begin < source.length() ? sign(begin + 2) : '+');
      moveTo(begin);
      if (begin < source.length()) {
        tag(source.charAt(begin + 1));
      }
    }
    add(Kind.END, "");
  }

  /** Where the next tag begins, or the end. */
  private int nextTag() {
    int at = source.indexOf('{', pos);
    while (at >= 0 && at + 1 < source.length()) {
      if ("%{#".indexOf(source.charAt(at + 1)) >= 0) {
        return at;
      }
      at = source.indexOf('{', at + 1);
    }
    return source.length();
  }

  /** Emits text, without the white space that the following tag takes away. */
  private void data(int start, int end, char sign) {
    String text = source.substring(start, end);
    boolean block = end < source.length() && source.charAt(end + 1) != '{';
    if (sign == '-') {
      text = Strings.stripRight(text, Strings::isSpace);
    } else if (sign != '+' && block) {
      int lineStart = text.lastIndexOf('\n') + 1;
      boolean atLineStart = lineStart > 0 || start == 0 || source.charAt(start - 1) == '\n';
      boolean blank = text.codePoints().skip(lineStart).allMatch(Strings::isSpace);
      text = atLineStart && blank ? text.substring(0, lineStart) : text;
    }
    if (!text.isEmpty()) {
      add(Kind.DATA, text);
    }
  }

  private void tag(char kind) {
    moveTo(pos + 2);
    if (sign(pos) != ' ') {
      moveTo(pos + 1);
    }
    switch (kind) {
      case '#' -> comment();
      case '{' -> inside(Kind.PRINT_BEGIN, Kind.PRINT_END, "}}");
      default -> {
        if (!raw()) {
          inside(Kind.BLOCK_BEGIN, Kind.BLOCK_END, "%}");
        }
      }
    }
  }

  private void comment() {
    int end = source.indexOf("#}", pos);
    if (end < 0) {
      throw fail("the comment is not closed by '#}'");
    }
    char sign = end > pos ? sign(end - 1) : ' ';
    moveTo(end + 2);
    after(sign, true);
  }

  /** Takes {@code {% raw %}} and what it holds, if that is what stands here. */
  private boolean raw() {
    int name = skipSpace(pos);
    int end = skipSpace(name + 3);
    char sign = sign(end);
    if (!source.startsWith("raw", name) || !source.startsWith("%}", sign == '-' ? end + 1 : end)) {
      return false;
    }
    moveTo(sign == '-' ? end + 3 : end + 2);
    after(sign, false);
    int start = pos;
    for (int at = source.indexOf("{%", pos); at >= 0; at = source.indexOf("{%", at + 2)) {
      if (endRaw(start, at)) {
        return true;
      }
    }
    throw fail("the raw block is not closed by '{% endraw %}'");
  }

  private boolean endRaw(int start, int at) {
    char left = sign(at + 2);
    int name = skipSpace(left == ' ' ? at + 2 : at + 3);
    int end = skipSpace(name + 6);
    char right = sign(end);
    int close = right == ' ' ? end : end + 1;
    if (!source.startsWith("endraw", name) || !source.startsWith("%}", close)) {
      return false;
    }
    data(start, at, left);
    moveTo(close + 2);
    after(right, true);
    return true;
  }

  private void inside(Kind begin, Kind end, String close) {
    add(begin, "");
    while (true) {
      moveTo(skipSpace(pos));
      if (pos >= source.length()) {
        throw fail("the tag is not closed by '" + close + "'");
      }
      char sign = sign(pos);
      boolean marked = sign == '-' || (sign == '+' && end == Kind.BLOCK_END);
      if (brackets.isEmpty() && source.startsWith(close, marked ? pos + 1 : pos)) {
        add(end, "");
        moveTo(marked ? pos + 3 : pos + 2);
        after(sign, end == Kind.BLOCK_END);
        return;
      }
      token();
    }
  }

  /** White space after a tag: all of it goes with a minus, one newline with {@code trimBlocks}. */
  private void after(char sign, boolean trimBlocks) {
    if (sign == '-') {
      moveTo(skipSpace(pos));
    } else if (trimBlocks && sign != '+' && source.startsWith("\n", pos)) {
      moveTo(pos + 1);
    }
  }

  private void token() {
    char c = source.charAt(pos);
    if (c >= '0' && c <= '9') {
      literal(Kind.NUMBER, Literals.numberEnd(source, pos));
    } else if (c == '_' || Character.isUnicodeIdentifierStart(source.codePointAt(pos))) {
      int end = pos;
      while (end < source.length() && isNamePart(source.codePointAt(end))) {
        end += Character.charCount(source.codePointAt(end));
      }
      add(Kind.NAME, source.substring(pos, end));
      moveTo(end);
    } else if (c == '\'' || c == '"') {
      literal(Kind.STRING, Literals.stringEnd(source, pos));
    } else {
      operator();
    }
  }

  private static boolean isNamePart(int c) {
    return c == '_'
        || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }

  private void literal(Kind kind, int end) {
    try {
      String text = source.substring(pos, Math.max(pos, end));
      add(kind, kind == Kind.NUMBER ? Literals.number(text) : Literals.string(text));
    } catch (JinjaException e) {
      throw e.at(line);
    }
    moveTo(end);
  }

  private void operator() {
    String two = source.substring(pos, Math.min(pos + 2, source.length()));
    String text = TWO_CHARS.contains(two) ? two : two.substring(0, 1);
    if (text.length() == 1 && ONE_CHAR.indexOf(text) < 0) {
      throw fail(
          "unexpected character '%s'".formatted(Character.toString(source.codePointAt(pos))));
    }
    balance(text.charAt(0));
    add(Kind.OPERATOR, text);
    moveTo(pos + text.length());
  }

  private void balance(char c) {
    int opening = "([{".indexOf(c);
    if (opening >= 0) {
      brackets.push(")]}".charAt(opening));
    } else if (")]}".indexOf(c) >= 0) {
      Character wanted = brackets.poll();
      if (wanted == null || wanted != c) {
        throw fail(
            "unexpected '%s'%s".formatted(c, wanted == null ? "" : ", expected '" + wanted + "'"));
      }
    }
  }

  private char sign(int at) {
    char c = at < source.length() ? source.charAt(at) : ' ';
    return c == '-' || c == '+' ? c : ' ';
  }

  private int skipSpace(int from) {
    int at = Math.min(from, source.length());
    while (at < source.length() && Strings.isSpace(source.charAt(at))) {
      at++;
    }
    return at;
  }

  private void moveTo(int end) {
    for (; pos < end; pos++) {
      line += source.charAt(pos) == '\n' ? 1 : 0;
    }
  }

  private void add(Kind kind, Object value) {
    tokens.add(new Token(kind, value, line));
  }

  private JinjaException fail(String message) {
    return new JinjaException(message, line);
  }
}
