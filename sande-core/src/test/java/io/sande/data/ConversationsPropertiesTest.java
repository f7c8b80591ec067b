package io.sande.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConversationsPropertiesTest {
  @Property(tries = 100, seed = "1")
  void whatIsWrittenIsRead(@ForAll("conversations") List<Conversation> conversations)
      throws IOException {
    Path file = Files.createTempFile("conversations", ".jsonl");
    try {
      Files.write(file, conversations.stream().map(ConversationsPropertiesTest::json).toList());
      assertThat(Conversations.read(file)).isEqualTo(conversations);
    } finally {
      Files.delete(file);
    }
  }

  private static String json(Conversation conversation) {
    return conversation.messages().stream()
        .map(message -> Map.of("role", message.role().text(), "content", message.content()))
        .map(new Gson()::toJson)
        .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
  }

  @Provide
  Arbitrary<List<Conversation>> conversations() {
    Arbitrary<String> text = Arbitraries.strings().all().excludeChars(surrogates()).ofMaxLength(20);
    return Combinators.combine(text, text).as(Conversation::of).list().ofMinSize(1).ofMaxSize(5);
  }

  private static char[] surrogates() {
    StringBuilder chars = new StringBuilder();
    for (char c = Character.MIN_SURROGATE; c <= Character.MAX_SURROGATE; c++) {
      chars.append(c);
    }
    return chars.toString().toCharArray();
  }
}
