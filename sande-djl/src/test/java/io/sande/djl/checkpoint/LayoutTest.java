package io.sande.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sande.djl.checkpoint.ModelConfig.Traits;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
  @Test
  void plainLlamaHasThreeTensorsAndNineInEachLayer() {
    Layout layout = Layout.of(config(false, Traits.PLAIN));
    assertThat(names(layout))
        .containsExactly(
            "model.embed_tokens.weight [10, 8]",
            "model.norm.weight [8]",
            "lm_head.weight [10, 8]",
            "model.layers.0.input_layernorm.weight [8]",
            "model.layers.0.self_attn.q_proj.weight [12, 8]",
            "model.layers.0.self_attn.k_proj.weight [6, 8]",
            "model.layers.0.self_attn.v_proj.weight [6, 8]",
            "model.layers.0.self_attn.o_proj.weight [8, 12]",
            "model.layers.0.post_attention_layernorm.weight [8]",
            "model.layers.0.mlp.gate_proj.weight [5, 8]",
            "model.layers.0.mlp.up_proj.weight [5, 8]",
            "model.layers.0.mlp.down_proj.weight [8, 5]",
            "model.layers.1.input_layernorm.weight [8]",
            "model.layers.1.self_attn.q_proj.weight [12, 8]",
            "model.layers.1.self_attn.k_proj.weight [6, 8]",
            "model.layers.1.self_attn.v_proj.weight [6, 8]",
            "model.layers.1.self_attn.o_proj.weight [8, 12]",
            "model.layers.1.post_attention_layernorm.weight [8]",
            "model.layers.1.mlp.gate_proj.weight [5, 8]",
            "model.layers.1.mlp.up_proj.weight [5, 8]",
            "model.layers.1.mlp.down_proj.weight [8, 5]");
    assertThat(layout.head()).isEqualTo(2);
    assertThat(layout.layer(1)).isEqualTo(12);
    assertThat(layout.offset(Slot.QUERY_BIAS)).isEqualTo(-1);
  }

  @Test
  void optionalTensorsFollowInAFixedOrder() {
    Layout layout = Layout.of(config(true, new Traits(true, true, true, true)));
    assertThat(names(layout).subList(layout.layer(1) + 9, layout.layer(1) + 18))
        .containsExactly(
            "model.layers.1.self_attn.q_proj.bias [12]",
            "model.layers.1.self_attn.k_proj.bias [6]",
            "model.layers.1.self_attn.v_proj.bias [6]",
            "model.layers.1.self_attn.o_proj.bias [8]",
            "model.layers.1.mlp.gate_proj.bias [5]",
            "model.layers.1.mlp.up_proj.bias [5]",
            "model.layers.1.mlp.down_proj.bias [8]",
            "model.layers.1.self_attn.q_norm.weight [6]",
            "model.layers.1.self_attn.k_norm.weight [6]");
  }

  @Test
  void aTiedModelHasNoOutputLayerOfItsOwn() {
    Layout layout = Layout.of(config(true, new Traits(false, false, false, true)));
    // 0 embedding, 1 norm, 2..12 layer 0, 13..23 layer 1
    assertThat(layout.head()).isEqualTo(0);
    assertThat(layout.layer(0)).isEqualTo(2);
    assertThat(layout.layer(1)).isEqualTo(13);
    assertThat(layout.offset(Slot.QUERY_NORM)).isEqualTo(9);
    assertThat(layout.tensors()).hasSize(24);
  }

  private static List<String> names(Layout layout) {
    return layout.tensors().stream().map(tensor -> tensor.name() + " " + tensor.shape()).toList();
  }

  private static ModelConfig config(boolean tied, Traits traits) {
    return new ModelConfig(
        "llama",
        2,
        8,
        2,
        1,
        6,
        5,
        10,
        16,
        1e-6,
        new Rope.Default(10_000),
        List.of(0, 0),
        tied,
        -1,
        traits);
  }
}
