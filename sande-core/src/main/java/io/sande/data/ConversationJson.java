package io.sande.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sande.data.Message.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The two forms of an example in JSON. Keys that are not named here are ignored. */
final class ConversationJson {
  static final String WANTED =
      "{\"instruction\", \"input\", \"output\"} or {\"messages\": [{\"role\", \"content\"}, ...]}";

  private static final String ROLES =
      Arrays.stream(Role.values()).map(Role::text).collect(Collectors.joining(", "));

  private ConversationJson() {}

  static Conversation parse(JsonElement example, Place place) throws DataException {
    if (!example.isJsonObject()) {
      throw place.bad("is " + kind(example) + "; wanted " + WANTED);
    }
    JsonObject object = example.getAsJsonObject();
    return object.has("messages") ? messages(object, place) : instruction(object, place);
  }

  /** The second form in one line. */
  static String format(Conversation conversation) {
    JsonArray turns = new JsonArray();
    for (Message message : conversation.messages()) {
      JsonObject turn = new JsonObject();
      turn.addProperty("role", message.role().text());
      turn.addProperty("content", message.content());
      turns.add(turn);
    }
    JsonObject object = new JsonObject();
    object.add("messages", turns);
    return object.toString();
  }

  private static Conversation instruction(JsonObject object, Place place) throws DataException {
    if (!object.has("instruction")) {
      throw place.bad("has the keys " + object.keySet() + "; wanted " + WANTED);
    }
    String instruction = text(object.get("instruction"), "\"instruction\"", place);
    Optional<String> input = optional(object, "input", place);
    Optional<String> output = optional(object, "output", place);
    String question = instruction + input.filter(i -> !i.isEmpty()).map(i -> " " + i).orElse("");
    Conversation prompt = Conversation.prompt(question);
    return output.map(prompt::withResponse).orElse(prompt);
  }

  private static Conversation messages(JsonObject object, Place place) throws DataException {
    JsonElement turns = object.get("messages");
    if (!turns.isJsonArray()) {
      throw place.bad("has \"messages\" that are " + kind(turns) + "; wanted a list of turns");
    }
    JsonArray list = turns.getAsJsonArray();
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      messages.add(message(list.get(i), "turn " + (i + 1), place));
    }
    if (messages.stream().noneMatch(m -> m.role() == Role.USER)) {
      throw place.bad("has no turn of the user among its \"messages\"; wanted at least one");
    }
    return new Conversation(messages);
  }

  private static Message message(JsonElement turn, String name, Place place) throws DataException {
    if (!turn.isJsonObject()) {
      throw place.bad(name + " is " + kind(turn) + "; wanted {\"role\", \"content\"}");
    }
    JsonObject object = turn.getAsJsonObject();
    String role = text(object.get("role"), name + " \"role\"", place);
    String content = text(object.get("content"), name + " \"content\"", place);
    for (Role known : Role.values()) {
      if (known.text().equals(role)) {
        return new Message(known, content);
      }
    }
    throw place.bad(name + " has the role " + Place.excerpt(role) + "; wanted one of " + ROLES);
  }

  private static Optional<String> optional(JsonObject object, String key, Place place)
      throws DataException {
    JsonElement value = object.get(key);
    return value == null || value.isJsonNull()
        ? Optional.empty()
        : Optional.of(text(value, '"' + key + '"', place));
  }

  private static String text(@Nullable JsonElement value, String name, Place place)
      throws DataException {
    if (value == null || !isText(value)) {
      throw place.bad(name + " is " + kind(value) + "; wanted a text");
    }
    String text = value.getAsString();
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) { // no tokenizer can take it
      throw place.bad(name + " has half of a surrogate pair; wanted whole characters");
    }
    return text;
  }

  private static boolean isText(JsonElement value) {
    return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
  }

  private static String kind(@Nullable JsonElement value) {
    if (value == null) {
      return "absent";
    }
    if (value.isJsonNull()) {
      return "null";
    }
    if (value.isJsonPrimitive()) {
      return isText(value) ? "a text" : value.toString();
    }
    return value.isJsonArray() ? "a list" : "an object";
  }
}
