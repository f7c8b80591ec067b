package io.sande.djl.jinja;

/** Text that grows within the budget. */
final class Output {
  private final Budget budget;
  private final StringBuilder text = new StringBuilder();

  Output(Budget budget) {
    this.budget = budget;
  }

  Output append(String part) {
    budget.grow(part.length(), (long) text.length() + part.length());
    text.append(part);
    return this;
  }

  Output append(int codePoint) {
    budget.grow(2, text.length() + 2L);
    text.appendCodePoint(codePoint);
    return this;
  }

  Budget budget() {
    return budget;
  }

  int length() {
    return text.length();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
