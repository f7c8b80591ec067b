package io.sande.djl.text;

import io.sande.data.Message;
import io.sande.djl.checkpoint.CheckpointException;
import io.sande.internal.Check;
import io.sande.model.ChatTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer and chat template of a Hugging Face folder.
 *
 * <p>Texts get the ids that {@code tokenizer.json} gives them, without its post-processor,
 * truncation and padding; decoding does not tidy up spaces, whatever {@code
 * clean_up_tokenization_spaces} says. Half a surrogate pair, which is no text, counts as U+FFFD.
 *
 * <p>Holds native memory: close it. Thread-safe; closing waits for calls in progress, and later
 * calls that encode or decode throw {@link IllegalStateException}.
 */
public final class CheckpointText implements ChatTokenizer, AutoCloseable {
  private final NativeTokenizer tokenizer;
  private final Set<Integer> specialIds;
  private final int size;
  private final int largestId;
  private final ControlTokens control;
  private final @Nullable ChatTemplate template;

  private CheckpointText(
      NativeTokenizer tokenizer,
      TokenizerJson json,
      ControlTokens control,
      @Nullable ChatTemplate template) {
    this.tokenizer = tokenizer;
    this.specialIds = json.specialIds();
    this.size = json.size();
    this.largestId = json.vocabulary().values().stream().mapToInt(id -> id).max().orElse(-1);
    this.control = control;
    this.template = template;
  }

  /**
   * Reads {@code tokenizer.json}, and where they are there {@code tokenizer_config.json}, {@code
   * special_tokens_map.json}, {@code generation_config.json}, {@code config.json} and the places
   * that chat templates stand in.
   *
   * @throws io.sande.djl.checkpoint.CheckpointException if a file is missing or wrong; the message
   *     names it
   */
  public static CheckpointText open(Path folder) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    TokenizerJson json = TokenizerJson.read(file);
    ControlTokens control = ControlTokens.read(folder, json);
    ChatTemplate template = ChatTemplate.find(folder);
    return new CheckpointText(NativeTokenizer.of(file, json.text()), json, control, template);
  }

  /**
   * The same beside a model that has {@code rows} embedded tokens. Added tokens may go beyond them,
   * as in checkpoints with a padding token that the model never had: a text with such a one is
   * refused.
   *
   * @throws io.sande.djl.checkpoint.CheckpointException if the tokenizer is another model's
   */
  public static CheckpointText open(Path folder, int rows) throws IOException {
    CheckpointText text = open(folder);
    if (text.largestId >= rows) {
      text.close();
      throw new CheckpointException(
          folder.resolve("tokenizer.json"),
          "has ids up to %d but the model has %d tokens (vocab_size in config.json); they come from different models, download both again"
              .formatted(text.largestId, rows));
    }
    return text;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Without a template a system turn stands as it is, followed by a newline.
   */
  @Override
  public String render(List<Message> messages, boolean generationPrompt) {
    Check.that(!messages.isEmpty(), "messages", "at least one turn", messages);
    return template == null
        ? PlainPrompt.render(messages, control.endOfText())
        : template.render(messages, generationPrompt, control.special());
  }

  @Override
  public int[] encode(String text) {
    return tokenizer.encode(text);
  }

  /** {@inheritDoc} Ids that are no token give nothing. */
  @Override
  public String decode(int[] ids) {
    return tokenizer.decode(ids);
  }

  /** Text of {@code ids}, control tokens as they are written. */
  public String decodeAll(int[] ids) {
    return tokenizer.decodeAll(ids);
  }

  @Override
  public String endOfText() {
    return control.endOfText();
  }

  @Override
  public int endOfTextId() {
    return control.endOfTextId();
  }

  @Override
  public boolean isSpecial(int id) {
    return specialIds.contains(id);
  }

  /**
   * Ids at which generation stops: {@code eos_token_id} of {@code generation_config.json}, else of
   * {@code config.json}, else {@link #endOfTextId()}. Unmodifiable, at least one.
   */
  public Set<Integer> endTokens() {
    return control.endTokens();
  }

  /** Id that fills up a batch; {@link #endOfTextId()} where the checkpoint names none. */
  public int padId() {
    return control.padId();
  }

  /** Number of tokens, added ones included; transformers' {@code len(tokenizer)}. */
  public int size() {
    return size;
  }

  /** Special tokens that are set, by the names that chat templates use, such as eos_token. */
  public Map<String, String> specialTokens() {
    return control.special().named();
  }

  /** Where the chat template stands, for instance {@code chat_template.jinja}, or {@code none}. */
  public String chatTemplatePlace() {
    return template == null ? "none" : template.place();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
