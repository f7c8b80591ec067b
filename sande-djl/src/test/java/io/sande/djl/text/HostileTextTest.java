package io.sande.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.djl.checkpoint.CheckpointException;
import io.sande.testkit.Hostile;
import io.sande.testkit.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes the checks goes to the native library: an abort there would end the tests. */
class HostileTextTest {
  private static final String TOKENIZER =
      """
      {"version": "1.0", "truncation": null, "padding": null,
       "added_tokens": [
         {"id": 0, "content": "<s>", "special": true, "single_word": false, "lstrip": false,
          "rstrip": false, "normalized": false},
         {"id": 1, "content": "</s>", "special": true, "single_word": false, "lstrip": false,
          "rstrip": false, "normalized": false}],
       "normalizer": {"type": "Sequence", "normalizers": [
         {"type": "Prepend", "prepend": "_"},
         {"type": "Replace", "pattern": {"String": " "}, "content": "_"}, {"type": "NFC"}]},
       "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
         {"type": "Split", "pattern": {"Regex": "[a-z]+|_"}, "behavior": "Isolated", "invert": false},
         {"type": "Digits", "individual_digits": true}]},
       "post_processor": {"type": "TemplateProcessing",
         "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
                    {"Sequence": {"id": "A", "type_id": 0}}],
         "pair": [], "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}}},
       "decoder": {"type": "Sequence", "decoders": [
         {"type": "Replace", "pattern": {"String": "_"}, "content": " "}, {"type": "ByteFallback"},
         {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
       "model": {"type": "BPE", "dropout": null, "unk_token": "u", "continuing_subword_prefix": null,
         "end_of_word_suffix": null, "fuse_unk": true, "byte_fallback": true, "ignore_merges": false,
         "vocab": {"<s>": 0, "</s>": 1, "u": 2, "_": 3, "a": 4, "b": 5, "ab": 6, "_ab": 7,
                   "<0x41>": 8}, "merges": [["a", "b"], ["_", "ab"]]}}
      """;

  private static final String UNIGRAM =
      """
      {"version": "1.0", "added_tokens": [], "normalizer": {"type": "Lowercase"},
       "pre_tokenizer": {"type": "Metaspace", "replacement": "_", "prepend_scheme": "always",
         "split": true},
       "post_processor": null, "decoder": {"type": "Metaspace", "replacement": "_",
         "prepend_scheme": "always", "split": true},
       "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": false,
         "vocab": [["u", 0.0], ["</s>", 0.0], ["_", -1.0], ["a", -2.0], ["_ab", -2.5], ["b", -3.0]]}}
      """;

  private static final String CONFIG =
      """
      {"eos_token": {"content": "</s>"}, "bos_token": "<s>", "pad_token": null,
       "extra_special_tokens": {"x": "a"}, "chat_template": [{"name": "default",
         "template": "{% for m in messages %}{{ m['content'] }}{% endfor %}"}]}
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path top;

  @Test
  void damagedTokenizersAreRefusedOrWork() throws IOException {
    attack(TOKENIZER, "tokenizer.json");
  }

  @Test
  void damagedUnigramTokenizersAreRefusedOrWork() throws IOException {
    attack(UNIGRAM, "tokenizer.json");
  }

  @Test
  void damagedTokenizerSettingsAreRefusedOrWork() throws IOException {
    attack(TOKENIZER, "tokenizer_config.json");
  }

  @Test
  void aLinkOutOfTheFolderIsRefused() throws IOException {
    Path model = folder(TOKENIZER);
    Path outside = Files.move(model.resolve("tokenizer.json"), top.resolve("elsewhere"));
    Files.createSymbolicLink(model.resolve("tokenizer.json"), outside);
    assertThatThrownBy(() -> use(model))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("[tokenizer.json] is a link out of its folder, to ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "\"\\ud800\"", "{\"\\udc00\": 1}"})
  void aDecoderThatRustCannotReadIsRefusedBeforeItEndsTheProcess(String value) throws IOException {
    Path model = folder(TOKENIZER.replace("\"start\": 1", "\"start\": " + value));
    assertThatThrownBy(() -> use(model))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("[tokenizer.json] has a ")
        .hasMessageEndingWith("; download it again");
  }

  private void attack(String tokenizer, String file) throws IOException {
    Path model = folder(tokenizer);
    new Hostile(model.resolve(file), top, CheckpointException.class)
        .attack(Mutations::json, () -> use(model));
  }

  private Path folder(String tokenizer) throws IOException {
    Path model = Files.createDirectory(top.resolve("model"));
    Files.writeString(model.resolve("tokenizer.json"), tokenizer);
    Files.writeString(model.resolve("tokenizer_config.json"), CONFIG);
    return model;
  }

  private static void use(Path model) throws IOException {
    try (CheckpointText text = CheckpointText.open(model)) {
      int[] ids = text.encode("ab A b 12 é <s>a</s>");
      text.decode(ids);
      text.decode(new int[] {0, 5, 999, Integer.MAX_VALUE});
      assertThat(text.decodeAll(ids)).isNotNull();
    }
  }
}
