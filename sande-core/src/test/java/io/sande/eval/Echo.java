package io.sande.eval;

import io.sande.data.Message;
import io.sande.model.ChatTokenizer;
import io.sande.model.LanguageModel;
import io.sande.model.ModelInfo;
import io.sande.testkit.AnsweringModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A model that answers with the last turn of the user, a token for each character. */
final class Echo {
  private static final ModelInfo INFO = new ModelInfo("echo", 0, 1, 1, 65536, 100, "float32");
  private static final ChatTokenizer CHARACTERS = new Characters();

  /** The prompts that it met. */
  final List<String> seen = new ArrayList<>();

  final LanguageModel model = new AnsweringModel(INFO, CHARACTERS, this::answer);

  private int[] answer(int[] prompt) {
    String text = CHARACTERS.decode(prompt);
    seen.add(text);
    return CHARACTERS.encode(text.substring(text.lastIndexOf('=') + 1, text.length() - 1));
  }

  private static final class Characters implements ChatTokenizer {
    @Override
    public String render(List<Message> messages, boolean generationPrompt) {
      return messages.stream()
          .map(m -> m.role().text() + "=" + m.content() + ";")
          .collect(Collectors.joining());
    }

    @Override
    public int[] encode(String text) {
      return text.chars().toArray();
    }

    @Override
    public String decode(int[] ids) {
      return new String(ids, 0, ids.length);
    }

    @Override
    public String endOfText() {
      return "\0";
    }

    @Override
    public int endOfTextId() {
      return 0;
    }

    @Override
    public boolean isSpecial(int id) {
      return id == 0;
    }
  }
}
