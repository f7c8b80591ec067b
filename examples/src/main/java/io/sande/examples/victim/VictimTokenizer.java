package io.sande.examples.victim;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.sande.data.Conversation;
import io.sande.examples.victim.BpeTrainer.Merge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A byte-level BPE learnt from the victim's own data, in the files that Hugging Face reads. Any
 * text can be written with it, the words of the data with few tokens.
 *
 * @param vocabulary tokens; the position is the id
 * @param merges in the order they were learnt
 */
record VictimTokenizer(List<String> vocabulary, List<Merge> merges) {
  /** Entries without a merge: two control tokens and 256 bytes. */
  static final int SMALLEST = 258;

  /** The id that fills up batches. */
  static final int PAD = 0;

  /** The id that ends an answer. */
  static final int END = 1;

  private static final List<String> CONTROL = List.of("<pad>", "</s>");

  /** Where words part before BPE; GPT-2's pattern, which {@code ByteLevel} has built in. */
  private static final Pattern WORD =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

  private static final String TEMPLATE =
      "{% for message in messages %}"
          + "{% if message['role'] == 'system' %}{{ message['content'] + '\\n' }}"
          + "{% elif message['role'] == 'user' %}{{ 'User: ' + message['content'] + '\\n' }}"
          + "{% else %}{{ 'Assistant: ' + message['content'] + eos_token }}{% endif %}"
          + "{% endfor %}{% if add_generation_prompt %}{{ 'Assistant:' }}{% endif %}";

  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  /** Learns a tokenizer of at most {@code size} entries, at least {@link #SMALLEST}. */
  static VictimTokenizer learn(List<Conversation> rows, int size) {
    Map<String, Integer> words = new TreeMap<>();
    for (Conversation row : rows) {
      Matcher matcher = WORD.matcher(text(row));
      while (matcher.find()) {
        words.merge(ByteAlphabet.encode(matcher.group()), 1, Integer::sum);
      }
    }
    List<Merge> merges = BpeTrainer.merges(words, size - SMALLEST);
    List<String> vocabulary = new ArrayList<>(CONTROL);
    ByteAlphabet.all().chars().mapToObj(Character::toString).forEach(vocabulary::add);
    merges.stream().map(Merge::merged).forEach(vocabulary::add);
    return new VictimTokenizer(List.copyOf(vocabulary), merges);
  }

  /** Writes the tokenizer, its chat template and how to generate into {@code directory}. */
  void write(Path directory) throws IOException {
    Files.writeString(directory.resolve("tokenizer.json"), JSON.toJson(tokenizer()));
    Files.writeString(directory.resolve("tokenizer_config.json"), JSON.toJson(config()));
    Files.writeString(directory.resolve("chat_template.jinja"), TEMPLATE);
    Files.writeString(directory.resolve("generation_config.json"), JSON.toJson(generation()));
  }

  /** The text that the chat template makes of one question and its answer. */
  private static String text(Conversation row) {
    return "User: " + row.instruction() + "\nAssistant: " + row.response().orElseThrow();
  }

  private Map<String, Object> tokenizer() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", "1.0");
    json.put("truncation", null);
    json.put("padding", null);
    json.put("added_tokens", List.of(control(PAD), control(END)));
    json.put("normalizer", null);
    json.put("pre_tokenizer", byteLevel());
    json.put("post_processor", null);
    json.put("decoder", byteLevel());
    json.put("model", model());
    return json;
  }

  private static Map<String, Object> control(int id) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("content", CONTROL.get(id));
    for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
      json.put(flag, false);
    }
    json.put("special", true);
    return json;
  }

  private static Map<String, Object> byteLevel() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "ByteLevel");
    json.put("add_prefix_space", false);
    json.put("trim_offsets", true);
    json.put("use_regex", true);
    return json;
  }

  private Map<String, Object> model() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int id = 0; id < vocabulary.size(); id++) {
      ids.put(vocabulary.get(id), id);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "BPE");
    json.put("dropout", null);
    json.put("unk_token", null);
    json.put("continuing_subword_prefix", null);
    json.put("end_of_word_suffix", null);
    json.put("fuse_unk", false);
    json.put("byte_fallback", false);
    json.put("ignore_merges", false);
    json.put("vocab", ids);
    json.put("merges", merges.stream().map(m -> List.of(m.left(), m.right())).toList());
    return json;
  }

  private static Map<String, Object> config() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bos_token", null);
    json.put("clean_up_tokenization_spaces", false);
    json.put("eos_token", CONTROL.get(END));
    json.put("model_max_length", Shape.CONTEXT);
    json.put("pad_token", CONTROL.get(PAD));
    json.put("tokenizer_class", "PreTrainedTokenizerFast");
    return json;
  }

  private static Map<String, Object> generation() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("eos_token_id", END);
    json.put("pad_token_id", PAD);
    return json;
  }
}
