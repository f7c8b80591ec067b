package io.sande.djl;

import io.sande.djl.checkpoint.Checkpoint;
import io.sande.djl.checkpoint.CheckpointWriter;
import io.sande.djl.checkpoint.DType;
import io.sande.djl.checkpoint.ModelConfig;
import io.sande.djl.text.CheckpointText;
import io.sande.model.ChatTokenizer;
import io.sande.model.ModelInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a checkpoint folder holds, known without reading a weight. Thread-safe.
 *
 * <p>Holds the tokenizer's native memory: close it.
 */
public final class CheckpointFolder implements AutoCloseable {
  private final Checkpoint checkpoint;
  private final CheckpointText text;

  private CheckpointFolder(Checkpoint checkpoint, CheckpointText text) {
    this.checkpoint = checkpoint;
    this.text = text;
  }

  static CheckpointFolder open(Path folder) throws IOException {
    Checkpoint checkpoint = Checkpoint.open(folder);
    try {
      int rows = checkpoint.config().vocabulary();
      return new CheckpointFolder(checkpoint, CheckpointText.open(folder, rows));
    } catch (IOException | RuntimeException e) {
      checkpoint.close();
      throw e;
    }
  }

  /** What the model is; its dtype is that of the files, or several with a comma between them. */
  public ModelInfo info() {
    ModelConfig config = checkpoint.config();
    return new ModelInfo(
        config.family(),
        checkpoint.parameters(),
        config.layers(),
        config.hidden(),
        config.vocabulary(),
        DjlModel.contextLength(config),
        dtypes());
  }

  /** Text to tokens and back; usable until this is closed. */
  public ChatTokenizer tokenizer() {
    return text;
  }

  /** Text of {@code ids} with its special tokens, which {@link ChatTokenizer#decode} leaves out. */
  public String decodeAll(int[] ids) {
    return text.decodeAll(ids);
  }

  /** Special tokens that are set, by the names that chat templates use, such as eos_token. */
  public Map<String, String> specialTokens() {
    return text.specialTokens();
  }

  /** File in which the chat template stands, or {@code none}. */
  public String chatTemplate() {
    return text.chatTemplatePlace();
  }

  /**
   * Refuses early a {@code target} that {@link io.sande.model.LanguageModel#save} would refuse
   * after all the work.
   *
   * @throws IOException if it cannot be written, would destroy what is no checkpoint, or lacks
   *     space
   */
  public void checkTarget(Path target) throws IOException {
    CheckpointWriter.check(checkpoint, target);
  }

  /**
   * Copies the checkpoint as it is, byte by byte, with the care of {@link
   * io.sande.model.LanguageModel#save}. A model that computes in another dtype than its files have
   * would write rounded weights though nothing was trained.
   *
   * @param target its own folder stays as it is
   * @throws IOException as {@link #checkTarget}
   */
  public void copy(Path target) throws IOException {
    CheckpointWriter.copy(checkpoint, target);
  }

  @Override
  public void close() throws IOException {
    text.close();
    checkpoint.close();
  }

  private String dtypes() {
    return checkpoint.tensors().stream()
        .map(tensor -> name(tensor.entry().dtype()))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** As Hugging Face names it. */
  private static String name(DType dtype) {
    return switch (dtype) {
      case F32 -> "float32";
      case F16 -> "float16";
      case BF16 -> "bfloat16";
      default -> throw new IllegalStateException(dtype + " is no dtype of weights");
    };
  }
}
