package io.sande.train;

import io.sande.data.Message;
import io.sande.model.ChatTokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One token for each character, and one for {@code </s>}; the chat template is given. */
record CharTokenizer(Template template) implements ChatTokenizer {
  /** Like a Jinja template. */
  @FunctionalInterface
  interface Template {
    String render(List<Message> messages, boolean generationPrompt);
  }

  private static final int END = 1;
  private static final Pattern TOKEN = Pattern.compile("</s>|.", Pattern.DOTALL);

  @Override
  public String render(List<Message> messages, boolean generationPrompt) {
    return template.render(messages, generationPrompt);
  }

  @Override
  public int[] encode(String text) {
    return TOKEN
        .matcher(text)
        .results()
        .mapToInt(match -> match.group().length() > 1 ? END : match.group().charAt(0))
        .toArray();
  }

  @Override
  public String decode(int[] ids) {
    return show(Arrays.stream(ids).filter(id -> id != END).toArray());
  }

  /** Text of {@code ids}, the end of text too; what does not count (-100) is a dot. */
  static String show(int[] ids) {
    return Arrays.stream(ids)
        .mapToObj(id -> id == END ? "</s>" : id < 0 ? "." : String.valueOf((char) id))
        .collect(Collectors.joining());
  }

  @Override
  public String endOfText() {
    return "</s>";
  }

  @Override
  public int endOfTextId() {
    return END;
  }

  @Override
  public boolean isSpecial(int id) {
    return id == END;
  }
}
