package io.sande.djl.jinja;

import static java.util.Objects.requireNonNull;

import io.sande.djl.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Parses expressions. Loosest first: conditional, or, and, not, comparison, {@code + -}, {@code ~},
 * {@code * / // %}, {@code **}, sign, and then what follows a value: attributes, calls, filters and
 * tests.
 */
final class ExpressionParser {
  private static final Map<String, Arithmetic> SUMS =
      Map.of("+", Arithmetic.ADD, "-", Arithmetic.SUBTRACT);
  private static final Map<String, Arithmetic> PRODUCTS =
      Map.of(
          "*",
          Arithmetic.MULTIPLY,
          "/",
          Arithmetic.DIVIDE,
          "//",
          Arithmetic.FLOOR_DIVIDE,
          "%",
          Arithmetic.MODULO);
  private static final Map<String, Arithmetic> POWERS = Map.of("**", Arithmetic.POWER);
  private static final Map<String, Object> CONSTANTS =
      Map.of(
          "true", true, "True", true, "false", false, "False", false, "none", None.NONE, "None",
          None.NONE);
  private static final Set<String> NO_TEST_ARGUMENT = Set.of("else", "or", "and", "is");

  private final Tokens tokens;
  private Set<String> mentioned = new HashSet<>();
  private int conditions;

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Names read from here on are noted in {@code names}; returns where they were noted before. */
  Set<String> mention(Set<String> names) {
    Set<String> before = mentioned;
    mentioned = names;
    return before;
  }

  /** What follows may never be reached, so an unknown filter there is no error yet. */
  void enterCondition() {
    conditions++;
  }

  void leaveCondition() {
    conditions--;
  }

  Expr expression() {
    tokens.enter();
    Expr result = disjunction();
    while (tokens.skipName("if")) {
      enterCondition();
      Expr condition = disjunction();
      Expr otherwise =
          tokens.skipName("else")
              ? expression()
              : new Expr.Constant(new Undefined("the condition is false and there is no 'else'"));
      result = new Expr.Conditional(condition, result, otherwise);
      leaveCondition();
    }
    tokens.leave();
    return result;
  }

  /** One expression, or several with commas: a tuple. */
  Expr tuple() {
    return tuple(this::expression);
  }

  private Expr tuple(Supplier<Expr> item) {
    Expr first = item.get();
    if (!tokens.at(",")) {
      return first;
    }
    List<Expr> items = new ArrayList<>(List.of(first));
    while (tokens.skip(",") && !atTupleEnd()) {
      items.add(item.get());
    }
    return new Expr.TupleOf(items);
  }

  private boolean atTupleEnd() {
    return tokens.at(Kind.PRINT_END)
        || tokens.at(Kind.BLOCK_END)
        || tokens.at(")")
        || tokens.atName("recursive");
  }

  /** What a loop walks: {@code if} after it is the loop's, not a conditional. */
  Expr loopItems() {
    return tuple(this::disjunction);
  }

  Expr disjunction() {
    Expr left = conjunction();
    while (tokens.skipName("or")) {
      left = new Expr.Or(left, conjunction());
    }
    return left;
  }

  private Expr conjunction() {
    Expr left = negation();
    while (tokens.skipName("and")) {
      left = new Expr.And(left, negation());
    }
    return left;
  }

  private Expr negation() {
    if (!tokens.skipName("not")) {
      return comparison();
    }
    tokens.enter();
    Expr result = new Expr.Not(negation());
    tokens.leave();
    return result;
  }

  private Expr comparison() {
    Expr first = sum();
    List<Expr.Compare.Link> links = new ArrayList<>();
    while (true) {
      Comparison operator =
          tokens.at(Kind.OPERATOR) ? Comparison.SIGNS.get(tokens.peek().value()) : null;
      if (operator != null) {
        tokens.take();
      } else if (tokens.skipName("in")) {
        operator = Comparison.IN;
      } else if (tokens.atNames("not", "in")) {
        tokens.take();
        tokens.take();
        operator = Comparison.NOT_IN;
      } else {
        return links.isEmpty() ? first : new Expr.Compare(first, links);
      }
      links.add(new Expr.Compare.Link(operator, sum()));
    }
  }

  private Expr sum() {
    return binary(this::concatenation, SUMS);
  }

  private Expr concatenation() {
    Expr first = product();
    if (!tokens.at("~")) {
      return first;
    }
    List<Expr> parts = new ArrayList<>(List.of(first));
    while (tokens.skip("~")) {
      parts.add(product());
    }
    return new Expr.Concat(parts);
  }

  private Expr product() {
    return binary(() -> binary(this::unary, POWERS), PRODUCTS);
  }

  private Expr binary(Supplier<Expr> operand, Map<String, Arithmetic> operators) {
    Expr left = operand.get();
    while (tokens.at(Kind.OPERATOR) && operators.containsKey(tokens.peek().value())) {
      Arithmetic operator = requireNonNull(operators.get(tokens.take().value()));
      left = new Expr.Binary(operator, left, operand.get());
    }
    return left;
  }

  private Expr unary() {
    return filters(signed());
  }

  private Expr signed() {
    if (!tokens.at("-") && !tokens.at("+")) {
      return postfix(primary());
    }
    boolean minus = tokens.take().value().equals("-");
    tokens.enter();
    Expr value = signed();
    tokens.leave();
    return minus ? new Expr.Negative(value) : value;
  }

  private Expr primary() {
    Token token = tokens.take();
    return switch (token.kind()) {
      case NAME -> name((String) token.value());
      case NUMBER -> new Expr.Constant(token.value());
      case STRING -> strings((String) token.value());
      case OPERATOR -> bracket(token);
      default -> throw new JinjaException("unexpected " + token.describe(), token.line());
    };
  }

  private Expr name(String name) {
    if (CONSTANTS.containsKey(name)) {
      return new Expr.Constant(CONSTANTS.get(name));
    }
    mentioned.add(name);
    return new Expr.Name(name);
  }

  private Expr strings(String first) {
    StringBuilder text = new StringBuilder(first);
    while (tokens.at(Kind.STRING)) {
      text.append(tokens.take().value());
    }
    return new Expr.Constant(text.toString());
  }

  private Expr bracket(Token open) {
    if (open.value().equals("(")) {
      Expr inner = tokens.at(")") ? new Expr.TupleOf(List.of()) : tuple();
      tokens.expect(")");
      return inner;
    }
    if (open.value().equals("[")) {
      List<Expr> items = new ArrayList<>();
      until("]", () -> items.add(expression()));
      return new Expr.ListOf(items);
    }
    if (open.value().equals("{")) {
      List<Expr> pairs = new ArrayList<>();
      until("}", () -> pair(pairs));
      return new Expr.DictOf(pairs);
    }
    throw new JinjaException("unexpected " + open.describe(), open.line());
  }

  private void pair(List<Expr> pairs) {
    pairs.add(expression());
    tokens.expect(":");
    pairs.add(expression());
  }

  /** Items with commas between them, and perhaps after the last. */
  private void until(String close, Runnable item) {
    while (!tokens.skip(close)) {
      item.run();
      if (!tokens.at(close)) {
        tokens.expect(",");
      }
    }
  }

  private Expr postfix(Expr value) {
    Expr result = value;
    while (true) {
      if (tokens.skip(".")) {
        result = attribute(result);
      } else if (tokens.skip("[")) {
        result = item(result);
      } else if (tokens.at("(")) {
        result = new Expr.CallTo(result, arguments());
      } else {
        return result;
      }
    }
  }

  private Expr attribute(Expr owner) {
    if (tokens.at(Kind.NUMBER)) {
      return new Expr.Item(owner, new Expr.Constant(tokens.take().value()));
    }
    return new Expr.Attribute(owner, tokens.name());
  }

  private Expr item(Expr owner) {
    Expr start = tokens.at(":") ? Expr.Constant.NONE : tuple();
    if (tokens.skip("]")) {
      return new Expr.Item(owner, start);
    }
    Expr stop = bound();
    Expr step = bound();
    tokens.expect("]");
    return new Expr.Slice(owner, start, stop, step);
  }

  private Expr bound() {
    boolean given = tokens.skip(":") && !tokens.at(":") && !tokens.at("]");
    return given ? expression() : Expr.Constant.NONE;
  }

  /** Arguments in parentheses. */
  Arguments.Written arguments() {
    List<Expr> positional = new ArrayList<>();
    Map<String, Expr> named = new LinkedHashMap<>();
    List<Expr> stars = new ArrayList<>(List.of(Expr.Constant.EMPTY, Expr.Constant.EMPTY));
    tokens.expect("(");
    until(
        ")",
        () -> {
          if (tokens.skip("**")) {
            stars.set(1, expression());
          } else if (tokens.skip("*")) {
            stars.set(0, expression());
          } else {
            argument(positional, named);
          }
        });
    return new Arguments.Written(positional, named, stars.get(0), stars.get(1));
  }

  private void argument(List<Expr> positional, Map<String, Expr> named) {
    if (tokens.atAssignment()) {
      String name = tokens.name();
      tokens.expect("=");
      named.put(name, expression());
    } else if (named.isEmpty()) {
      positional.add(expression());
    } else {
      throw tokens.fail("an argument without a name follows one with a name");
    }
  }

  /** Filters, tests and calls after a value, in any order. */
  Expr filters(Expr value) {
    Expr result = value;
    while (true) {
      if (tokens.skip("|")) {
        result = filter(result);
      } else if (tokens.skipName("is")) {
        result = test(result);
      } else if (tokens.at("(")) {
        result = new Expr.CallTo(result, arguments());
      } else {
        return result;
      }
    }
  }

  /** One filter, whose bar has been read. */
  Expr.Filter filter(Expr value) {
    String name = tokens.name();
    if (conditions == 0 && !Filters.exists(name)) {
      throw tokens.fail("there is no filter '%s'".formatted(name));
    }
    return new Expr.Filter(value, name, tokens.at("(") ? arguments() : none());
  }

  private Expr test(Expr value) {
    boolean negated = tokens.skipName("not");
    String name = tokens.name();
    if (conditions == 0 && !Tests.exists(name)) {
      throw tokens.fail("there is no test '%s'".formatted(name));
    }
    Arguments.Written arguments = tokens.at("(") ? arguments() : testArgument();
    Expr result = new Expr.Test(value, name, arguments);
    return negated ? new Expr.Not(result) : result;
  }

  /** A test may have one argument without parentheses: {@code is divisibleby 3}. */
  private Arguments.Written testArgument() {
    boolean given =
        tokens.at(Kind.STRING)
            || tokens.at(Kind.NUMBER)
            || tokens.at("[")
            || tokens.at("{")
            || (tokens.at(Kind.NAME) && !NO_TEST_ARGUMENT.contains(tokens.peek().value()));
    if (!given) {
      return none();
    }
    List<Expr> argument = List.of(postfix(primary()));
    return new Arguments.Written(argument, Map.of(), Expr.Constant.EMPTY, Expr.Constant.EMPTY);
  }

  private static Arguments.Written none() {
    return new Arguments.Written(List.of(), Map.of(), Expr.Constant.EMPTY, Expr.Constant.EMPTY);
  }
}
