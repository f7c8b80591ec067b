package io.sande.djl.jinja;

import org.jspecify.annotations.Nullable;

/** One call of a {@link Builtin}: the value it works on, and its arguments by position. */
final class Call {
  private final Run run;
  private final Object self;
  private final Signature signature;
  private final Arguments arguments;
  private final @Nullable Object[] values;

  Call(Run run, Object self, Signature signature, Arguments arguments, @Nullable Object[] values) {
    this.run = run;
    this.self = self;
    this.signature = signature;
    this.arguments = arguments;
    this.values = values;
  }

  Run run() {
    return run;
  }

  Budget budget() {
    return run.budget();
  }

  Object self() {
    return self;
  }

  /** The value as {@code str()} gives it. */
  String text() {
    return Repr.str(run, self);
  }

  boolean has(int index) {
    return values[index] != null;
  }

  Object get(int index, Object absent) {
    Object value = values[index];
    return value == null ? absent : value;
  }

  Object get(int index) {
    return get(index, None.NONE);
  }

  /** An argument that must be a string. */
  String string(int index) {
    return Types.string(get(index), parameter(index));
  }

  /** An argument that must be a string where it is given; None counts as left out. */
  String string(int index, String absent) {
    Object value = get(index);
    return value == None.NONE ? absent : Types.string(value, parameter(index));
  }

  /** An argument that must be an integer where it is given; None counts as left out. */
  long integer(int index, long absent) {
    Object value = get(index);
    return value == None.NONE ? absent : Types.integer(value, parameter(index));
  }

  boolean flag(int index) {
    return Values.truth(get(index));
  }

  /** Arguments that no parameter takes. */
  Arguments rest() {
    return signature.rest(arguments);
  }

  private String parameter(int index) {
    return signature.name() + "() argument '" + signature.parameters().get(index) + "'";
  }
}
