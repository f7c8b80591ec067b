package io.sande.djl.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The interpreter against what Python's Jinja2 makes of the same templates. */
class GoldenTemplateTest {
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2024-07-26T12:00:00Z"), ZoneOffset.UTC);
  private static final Gson GSON =
      new com.google.gson.GsonBuilder()
          .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
          .serializeNulls()
          .create();

  static Stream<Arguments> features() throws IOException {
    return JsonParser.parseString(Files.readString(golden("jinja/features.json")))
        .getAsJsonArray()
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        // plain Jinja2 has no such tag; transformers adds it, and so do we
        .filter(c -> !c.get("name").getAsString().equals("feat/generation-tag"))
        .map(c -> Arguments.of(c.get("name").getAsString(), c));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("features")
  void aFeatureGivesWhatPythonGives(String name, JsonObject test) {
    Map<String, Object> context = map(test.getAsJsonObject("ctx"));
    String template = test.get("template").getAsString();
    if (test.has("err")) {
      assertThatThrownBy(() -> Template.parse(template).render(context))
          .as(name)
          .isInstanceOf(JinjaException.class);
    } else {
      assertThat(Template.parse(template).withClock(NOW).render(context))
          .isEqualTo(test.get("out").getAsString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown_filter",
        "sandbox_escape",
        "syntax_error",
        "endless",
        "wide_padding",
        "undefined_method"
      })
  void aMalformedTemplateIsRefused(String name) throws IOException {
    String source = Files.readString(golden("malformed/chat_template/" + name + ".jinja"));
    Map<String, Object> context =
        Map.of(
            "messages",
            List.of(Map.of("role", "user", "content", "What is the capital of France?")),
            "eos_token",
            "<|im_end|>",
            "add_generation_prompt",
            true);
    assertThatThrownBy(() -> Template.parse(source).render(context))
        .isInstanceOf(JinjaException.class);
  }

  private static Map<String, Object> map(JsonObject object) {
    return GSON.fromJson(object, new TypeToken<Map<String, Object>>() {}.getType());
  }

  private static Path golden(String file) {
    Path path =
        Path.of(System.getProperty("sande.shared", "../../shared")).resolve("golden").resolve(file);
    Assumptions.assumeTrue(Files.exists(path), "no fixtures at " + path);
    return path;
  }
}
