package io.sande.djl.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sande.data.Message;
import io.sande.djl.checkpoint.CheckpointException;
import io.sande.djl.jinja.JinjaException;
import io.sande.djl.jinja.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint's chat template and where it stood.
 *
 * @param place name of the file
 */
record ChatTemplate(String place, Template template) {
  private static final String FILE = "chat_template.jinja";
  private static final String NAMED_FILE = "additional_chat_templates/default.jinja";
  private static final List<String> CONFIGS =
      List.of("tokenizer_config.json", "chat_template.json");

  /**
   * The default template of {@code folder}, from the first place that has one, in the order of
   * transformers: {@code chat_template.jinja}, {@code additional_chat_templates/default.jinja},
   * {@code tokenizer_config.json}, and the old {@code chat_template.json}; null if none has.
   */
  static @Nullable ChatTemplate find(Path folder) throws IOException {
    for (String name : List.of(FILE, NAMED_FILE)) {
      if (Files.exists(folder.resolve(name))) {
        return parse(folder, name, JsonFile.text(folder.resolve(name)));
      }
    }
    for (String name : CONFIGS) {
      Path file = folder.resolve(name);
      String source = source(file, JsonFile.objectOrEmpty(file).get("chat_template"));
      if (source != null) {
        return parse(folder, name, source);
      }
    }
    return null;
  }

  /** Text of {@code messages}; an {@link IllegalArgumentException} has the template's reason. */
  String render(List<Message> messages, boolean generationPrompt, SpecialTokens special) {
    Map<String, @Nullable Object> variables = new HashMap<>(special.named());
    variables.put("messages", messages.stream().map(ChatTemplate::fields).toList());
    variables.put("add_generation_prompt", generationPrompt);
    variables.put("tools", null); // defined and none, as in transformers
    variables.put("documents", null);
    try {
      return template.render(variables);
    } catch (JinjaException e) {
      throw new IllegalArgumentException(
          "The chat template in %s refuses these messages: %s".formatted(place, e.getMessage()), e);
    }
  }

  private static Map<String, String> fields(Message message) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("role", message.role().text());
    fields.put("content", message.content());
    return fields;
  }

  private static ChatTemplate parse(Path folder, String place, String source)
      throws CheckpointException {
    try {
      return new ChatTemplate(place, Template.parse(source));
    } catch (JinjaException e) {
      throw new CheckpointException(
          folder.resolve(place), "the chat template is broken: " + e.getMessage(), e);
    }
  }

  /** A template is a string, {@code {name: template}}, or {@code [{name, template}]}. */
  private static @Nullable String source(Path file, @Nullable JsonElement templates)
      throws CheckpointException {
    if (templates == null || templates.isJsonNull()) {
      return null;
    }
    if (templates instanceof JsonObject named) {
      return defaultOf(file, named);
    }
    if (templates instanceof JsonArray list) {
      return defaultOf(file, byName(file, list));
    }
    return string(file, templates);
  }

  private static JsonObject byName(Path file, JsonArray list) throws CheckpointException {
    JsonObject named = new JsonObject();
    for (JsonElement each : list) {
      JsonObject entry = each.isJsonObject() ? each.getAsJsonObject() : new JsonObject();
      named.add(string(file, entry.get("name")), entry.get("template"));
    }
    return named;
  }

  private static String defaultOf(Path file, JsonObject named) throws CheckpointException {
    Set<String> names = named.keySet();
    if (!names.contains("default")) {
      throw new CheckpointException(
          file, "has chat templates named %s but none named 'default'".formatted(names));
    }
    return string(file, named.get("default"));
  }

  private static String string(Path file, @Nullable JsonElement value) throws CheckpointException {
    if (value == null || !value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw new CheckpointException(
          file, "chat_template must be text or named texts but was " + value);
    }
    return value.getAsString();
  }
}
