package io.sande.djl.jinja;

import io.sande.djl.jinja.Stmt.Flow;
import io.sande.djl.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Parses a template into statements. */
final class StatementParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;
  private int loops;

  private StatementParser(Tokens tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
  }

  static List<Stmt> parse(String source) {
    StatementParser parser = new StatementParser(new Tokens(Lexer.tokens(source)));
    return parser.body("");
  }

  /**
   * Statements up to one of the tags {@code ends}, words with blanks between, whose name is the
   * next token then; or up to the end of the template.
   */
  private List<Stmt> body(String ends) {
    Set<String> last = Set.of(ends.split(" "));
    List<Stmt> body = new ArrayList<>();
    tokens.enter();
    while (!tokens.at(Kind.END)) {
      Token token = tokens.take();
      if (token.kind() == Kind.DATA) {
        body.add(new Stmt.Text((String) token.value()));
      } else if (token.kind() == Kind.PRINT_BEGIN) {
        body.add(new Stmt.At(token.line(), new Stmt.Print(expressions.tuple())));
        tokens.expect(Kind.PRINT_END);
      } else if (tokens.at(Kind.NAME) && last.contains(tokens.peek().value())) {
        tokens.leave();
        return body;
      } else {
        body.add(new Stmt.At(token.line(), statement()));
        tokens.expect(Kind.BLOCK_END);
      }
    }
    if (!ends.isEmpty()) {
      throw tokens.unexpected("'{%% %s %%}'".formatted(ends.replace(" ", "' or '")));
    }
    tokens.leave();
    return body;
  }

  /** The block after the tag read so far, up to {@code end}, which is read as well. */
  private List<Stmt> block(String end) {
    tokens.expect(Kind.BLOCK_END);
    List<Stmt> body = body(end);
    tokens.expectName(end);
    return body;
  }

  private Stmt statement() {
    Token token = tokens.expect(Kind.NAME);
    String tag = (String) token.value();
    return switch (tag) {
      case "if" -> condition();
      case "for" -> loop();
      case "set" -> assignment();
      case "with" -> with();
      case "macro" -> new Stmt.Define(code(tokens.name(), parameters(), "endmacro"));
      case "call" -> call();
      case "filter" -> filter();
      case "generation" -> new Stmt.Generation(closed("endgeneration"));
      case "break" -> jump(Flow.BREAK, token);
      case "continue" -> jump(Flow.CONTINUE, token);
      default ->
          throw new JinjaException("unknown or misplaced tag '%s'".formatted(tag), token.line());
    };
  }

  private Stmt condition() {
    expressions.enterCondition();
    List<Stmt.If.Branch> branches = new ArrayList<>();
    List<Stmt> otherwise = List.of();
    do {
      Expr condition = expressions.loopItems();
      tokens.expect(Kind.BLOCK_END);
      branches.add(new Stmt.If.Branch(condition, body("elif else endif")));
    } while (tokens.skipName("elif"));
    if (tokens.skipName("else")) {
      otherwise = block("endif");
    } else {
      tokens.expectName("endif");
    }
    expressions.leaveCondition();
    return new Stmt.If(branches, otherwise);
  }

  private Stmt loop() {
    Target target = targets();
    tokens.expectName("in");
    Expr items = expressions.loopItems();
    Expr condition = tokens.skipName("if") ? expressions.expression() : null;
    Stmt.Head head = new Stmt.Head(target, items, condition, tokens.skipName("recursive"));
    tokens.expect(Kind.BLOCK_END);
    loops++;
    List<Stmt> body = body("endfor else");
    loops--;
    List<Stmt> otherwise = List.of();
    if (tokens.skipName("else")) {
      otherwise = block("endfor");
    } else {
      tokens.expectName("endfor");
    }
    return new Stmt.For(head, body, otherwise);
  }

  private Stmt assignment() {
    Target target = targets();
    if (tokens.skip("=")) {
      return new Stmt.Assign(target, expressions.tuple());
    }
    return new Stmt.Assign(target, captured(filters(tokens.skip("|")), "endset"));
  }

  private Stmt filter() {
    return new Stmt.Print(captured(filters(true), "endfilter"));
  }

  /** Filters that a block will go through; the first, if there is one, needs no bar any more. */
  private List<Expr.Filter> filters(boolean first) {
    List<Expr.Filter> filters = new ArrayList<>();
    for (boolean more = first; more; more = tokens.skip("|")) {
      filters.add(expressions.filter(Expr.Constant.NONE));
    }
    return filters;
  }

  private Expr captured(List<Expr.Filter> filters, String end) {
    Expr text = new Expr.Captured(closed(end));
    for (Expr.Filter filter : filters) {
      text = new Expr.Filter(text, filter.name(), filter.arguments());
    }
    return text;
  }

  private Stmt with() {
    List<Target> targets = new ArrayList<>();
    List<Expr> values = new ArrayList<>();
    while (!tokens.at(Kind.BLOCK_END)) {
      if (!targets.isEmpty()) {
        tokens.expect(",");
      }
      targets.add(target());
      tokens.expect("=");
      values.add(expressions.expression());
    }
    return new Stmt.With(targets, values, block("endwith"));
  }

  private Stmt call() {
    List<Macro.Parameter> parameters = tokens.at("(") ? parameters() : List.of();
    if (expressions.expression() instanceof Expr.CallTo call) {
      return new Stmt.CallBlock(call, code("caller", parameters, "endcall"));
    }
    throw tokens.fail("'call' needs a call, as in {% call name() %}");
  }

  private Macro.Code code(String name, List<Macro.Parameter> parameters, String end) {
    Set<String> mentioned = new HashSet<>();
    Set<String> outer = expressions.mention(mentioned);
    List<Stmt> body = closed(end);
    expressions.mention(outer);
    return new Macro.Code(name, parameters, body, mentioned);
  }

  private List<Macro.Parameter> parameters() {
    List<Macro.Parameter> parameters = new ArrayList<>();
    tokens.expect("(");
    while (!tokens.skip(")")) {
      String name = tokens.name();
      parameters.add(new Macro.Parameter(name, tokens.skip("=") ? expressions.expression() : null));
      if (!tokens.at(")")) {
        tokens.expect(",");
      }
    }
    return parameters;
  }

  private Target targets() {
    Target first = target();
    if (!tokens.at(",")) {
      return first;
    }
    List<Target> targets = new ArrayList<>(List.of(first));
    while (tokens.skip(",") && !tokens.at("=") && !tokens.atName("in")) {
      targets.add(target());
    }
    return new Target.Several(targets);
  }

  private Target target() {
    if (tokens.skip("(")) {
      tokens.enter();
      Target inner = targets();
      tokens.expect(")");
      tokens.leave();
      return inner;
    }
    String name = tokens.name();
    return tokens.skip(".") ? new Target.Attribute(name, tokens.name()) : new Target.Name(name);
  }

  private Stmt jump(Flow flow, Token token) {
    if (loops == 0) {
      throw new JinjaException("'%s' outside of a loop".formatted(token.value()), token.line());
    }
    return new Stmt.Jump(flow);
  }

  /** A block that a jump cannot leave. */
  private List<Stmt> closed(String end) {
    int outer = loops;
    loops = 0;
    List<Stmt> body = block(end);
    loops = outer;
    return body;
  }
}
