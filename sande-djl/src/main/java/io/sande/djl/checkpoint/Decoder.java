package io.sande.djl.checkpoint;

import io.sande.djl.checkpoint.ModelConfig.Traits;
import java.util.List;

/** What all families built like Llama state in the same keys. */
final class Decoder {
  /** Deeper than any model; a billion layers must cost nothing. */
  private static final int MOST_LAYERS = 10_000;

  private Decoder() {}

  /**
   * What transformers' class of a family has for an absent key.
   *
   * @param contextLength {@code max_position_embeddings}
   * @param keyValueHeads {@code num_key_value_heads}, 0 for as many as query heads
   * @param headSize {@code head_dim}, 0 for H divided by the heads
   */
  record Absent(int contextLength, int keyValueHeads, int headSize) {}

  /**
   * Resolves {@code config}. The keys that give the weights their shape must be there: the classes
   * have defaults for those as well, but no model leaves them out, and some fit by accident.
   */
  static ModelConfig resolve(HfConfig config, Absent absent, Traits traits, List<Integer> windows)
      throws CheckpointException {
    int hidden = config.count("hidden_size");
    int heads = config.count("num_attention_heads");
    int headSize = headSize(config, absent.headSize(), hidden, heads);
    int vocabulary = config.count("vocab_size");
    int contextLength = config.count("max_position_embeddings", absent.contextLength());
    return new ModelConfig(
        config.text("model_type", ""),
        layers(config),
        hidden,
        heads,
        keyValueHeads(config, absent.keyValueHeads(), heads),
        headSize,
        config.count("intermediate_size"),
        vocabulary,
        contextLength,
        config.positive("rms_norm_eps", 1e-6),
        RopeConfig.read(config, contextLength, headSize),
        windows,
        config.flag("tie_word_embeddings", false),
        padToken(config, vocabulary),
        traits);
  }

  static int layers(HfConfig config) throws CheckpointException {
    return (int) config.integer("num_hidden_layers", 1, MOST_LAYERS);
  }

  private static int keyValueHeads(HfConfig config, int absent, int heads)
      throws CheckpointException {
    // a key with null means as many as query heads in every family
    int fallback = absent == 0 || config.names("num_key_value_heads") ? heads : absent;
    int found = config.count("num_key_value_heads", fallback);
    if (heads % found != 0) {
      throw config.wrong("num_key_value_heads", "a divisor of num_attention_heads " + heads);
    }
    return found;
  }

  private static int headSize(HfConfig config, int absent, int hidden, int heads)
      throws CheckpointException {
    boolean divided = absent == 0 && !config.has("head_dim");
    if (divided && hidden % heads != 0) {
      throw config.wrong("hidden_size", "a multiple of num_attention_heads " + heads);
    }
    int found = config.count("head_dim", divided ? hidden / heads : absent);
    if (found % 2 != 0) {
      throw config.wrong("head_dim", "even, because positions turn pairs, not " + found);
    }
    return found;
  }

  /** A negative one counts from the end, as in torch. */
  private static int padToken(HfConfig config, int vocabulary) throws CheckpointException {
    if (!config.has("pad_token_id")) {
      return -1;
    }
    int token = (int) config.integer("pad_token_id", -vocabulary, vocabulary - 1);
    return token < 0 ? token + vocabulary : token;
  }
}
