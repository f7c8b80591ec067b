package io.sande.djl;

import io.sande.model.LanguageModel;
import java.io.IOException;
import java.nio.file.Path;

/** Opens Hugging Face checkpoint folders. */
public final class DjlModels {
  private DjlModels() {}

  /** Opens {@code folder} in float32 on the CPU. */
  public static LanguageModel load(Path folder) throws IOException {
    return load(folder, LoadOptions.DEFAULT);
  }

  /**
   * Opens a folder with {@code config.json}, safetensors and {@code tokenizer.json}.
   *
   * @return the model; the caller closes it
   * @throws IOException if a file is missing, malformed or of an unknown kind; the message names
   *     the file, what was found and what was wanted
   */
  public static LanguageModel load(Path folder, LoadOptions options) throws IOException {
    return DjlModel.load(folder, options);
  }
}
