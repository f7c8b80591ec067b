package io.sande.djl.jinja;

import io.sande.djl.jinja.Token.Kind;
import java.util.List;

/** The tokens still to be parsed. */
final class Tokens {
  /** Brackets within blocks within brackets: keeps the parser's own stack small. */
  static final int MAX_NESTING = 100;

  private final List<Token> tokens;
  private int next;
  private int nesting;

  Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(next);
  }

  private Token peekSecond() {
    return tokens.get(Math.min(next + 1, tokens.size() - 1));
  }

  Token take() {
    Token token = peek();
    next = Math.min(next + 1, tokens.size() - 1); // the end stays
    return token;
  }

  boolean at(Kind kind) {
    return peek().kind() == kind;
  }

  boolean atName(String name) {
    return peek().is(Kind.NAME, name);
  }

  boolean at(String operator) {
    return peek().is(Kind.OPERATOR, operator);
  }

  /** At one name and then another. */
  boolean atNames(String first, String second) {
    return atName(first) && peekSecond().is(Kind.NAME, second);
  }

  /** At a name and then an equals sign. */
  boolean atAssignment() {
    return at(Kind.NAME) && peekSecond().is(Kind.OPERATOR, "=");
  }

  boolean skip(String operator) {
    return take(at(operator));
  }

  boolean skipName(String name) {
    return take(atName(name));
  }

  private boolean take(boolean wanted) {
    if (wanted) {
      take();
    }
    return wanted;
  }

  Token expect(Kind kind) {
    if (!at(kind)) {
      throw unexpected(kind.words());
    }
    return take();
  }

  String name() {
    return (String) expect(Kind.NAME).value();
  }

  void expect(String operator) {
    if (!skip(operator)) {
      throw unexpected("'" + operator + "'");
    }
  }

  void expectName(String name) {
    if (!skipName(name)) {
      throw unexpected("'" + name + "'");
    }
  }

  /** Something opens inside something else. */
  void enter() {
    if (++nesting > MAX_NESTING) {
      throw fail("the template nests deeper than " + MAX_NESTING);
    }
  }

  void leave() {
    nesting--;
  }

  JinjaException unexpected(String wanted) {
    return fail("expected %s but found %s".formatted(wanted, peek().describe()));
  }

  JinjaException fail(String message) {
    return new JinjaException(message, peek().line());
  }
}
