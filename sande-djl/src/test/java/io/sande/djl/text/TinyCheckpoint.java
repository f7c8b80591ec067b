package io.sande.djl.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with a tokenizer of letters: a 0, b 1, {@code <s>} 2, {@code </s>} 3, {@code <p>} 4. */
final class TinyCheckpoint {
  private static final String TOKENIZER =
      """
      {"truncation": {"direction": "Right", "max_length": 2, "strategy": "LongestFirst", "stride": 0},
       "padding": {"strategy": {"Fixed": 9}, "direction": "Right", "pad_to_multiple_of": null,
                   "pad_id": 4, "pad_type_id": 0, "pad_token": "<p>"},
       "added_tokens": [
         {"id": 2, "content": "<s>", "special": true, "single_word": false, "lstrip": false,
          "rstrip": false, "normalized": false},
         {"id": 3, "content": "</s>", "special": true, "single_word": false, "lstrip": false,
          "rstrip": false, "normalized": false},
         {"id": 4, "content": "<p>", "special": false, "single_word": false, "lstrip": false,
          "rstrip": false, "normalized": false}],
       "post_processor": {"type": "TemplateProcessing",
         "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
                    {"Sequence": {"id": "A", "type_id": 0}}],
         "pair": [], "special_tokens": {"<s>": {"id": "<s>", "ids": [2], "tokens": ["<s>"]}}},
       "decoder": {"type": "Fuse"},
       "model": {"type": "BPE", "vocab": {"a": 0, "b": 1}, "merges": []}}
      """;

  private final Path folder;

  TinyCheckpoint(Path folder) throws IOException {
    this.folder = folder;
    with("tokenizer.json", TOKENIZER);
    with("tokenizer_config.json", "{'eos_token': '</s>'}");
  }

  /** Writes a file; single quotes stand for double ones. */
  TinyCheckpoint with(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text.replace('\'', '"'));
    return this;
  }

  CheckpointText open() throws IOException {
    return CheckpointText.open(folder);
  }
}
