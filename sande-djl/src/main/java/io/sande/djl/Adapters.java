package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.sande.djl.checkpoint.AdapterConfig;
import io.sande.djl.checkpoint.AdapterFolder;
import io.sande.djl.checkpoint.Layout;
import io.sande.djl.checkpoint.LoraModule;
import io.sande.djl.checkpoint.Slot;
import io.sande.djl.kernel.Arguments;
import io.sande.djl.kernel.DType;
import io.sande.internal.Check;
import io.sande.model.Weights.Lora;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** LoRA adapters: made, read, written, merged. */
final class Adapters {
  private Adapters() {}

  /** The usual start: A uniform within 1 / sqrt(in), as PEFT draws it, and B zero. */
  static Adapter start(Lora lora, Decoder decoder) {
    AdapterConfig config =
        AdapterConfig.of("", lora.rank(), lora.alpha(), lora.targets().stream().sorted().toList());
    Random random = new Random(lora.seed());
    List<Adapter.Part> parts = new ArrayList<>();
    for (int layer = 0; layer < decoder.config().layers(); layer++) {
      for (Slot slot : Adapter.LINEAR) {
        if (config.targets().include(Adapter.module(layer, slot))) {
          parts.add(start(layer, slot, lora.rank(), decoder, random));
        }
      }
    }
    Check.that(!parts.isEmpty(), "targets", "linear layers of the model", lora.targets());
    return Adapter.of(config, parts, decoder);
  }

  private static Adapter.Part start(
      int layer, Slot slot, int rank, Decoder decoder, Random random) {
    Layout layout = Layout.of(decoder.config());
    List<Long> shape = layout.tensors().get(layout.layer(layer) + layout.offset(slot)).shape();
    int in = Math.toIntExact(shape.get(1));
    float bound = (float) (1 / Math.sqrt(in));
    float[] a = new float[rank * in];
    for (int i = 0; i < a.length; i++) {
      a[i] = (2 * random.nextFloat() - 1) * bound;
    }
    NDManager owner = decoder.manager();
    return new Adapter.Part(
        layer,
        slot,
        owner.create(a, new Shape(rank, in)),
        owner.zeros(new Shape(shape.get(0), rank)));
  }

  static Adapter load(Path directory, Decoder decoder) throws IOException {
    AdapterFolder folder = AdapterFolder.read(directory, decoder.config());
    List<Adapter.Part> parts = new ArrayList<>();
    for (int layer = 0; layer < decoder.config().layers(); layer++) {
      for (Slot slot : Adapter.LINEAR) {
        for (LoraModule module : folder.modules()) {
          if (module.name().equals(Adapter.module(layer, slot))) {
            parts.add(part(layer, slot, module, decoder.manager()));
          }
        }
      }
    }
    return Adapter.of(folder.config(), parts, decoder);
  }

  private static Adapter.Part part(int layer, Slot slot, LoraModule module, NDManager owner) {
    return new Adapter.Part(
        layer,
        slot,
        owner.create(module.a(), new Shape(module.rank(), module.inputs())),
        owner.create(module.b(), new Shape(module.outputs(), module.rank())));
  }

  static void save(Adapter adapter, Path directory) throws IOException {
    List<LoraModule> modules =
        adapter.parts().stream()
            .map(
                part ->
                    new LoraModule(
                        part.module(),
                        Math.toIntExact(part.a().getShape().get(0)),
                        part.a().toFloatArray(),
                        part.b().toFloatArray()))
            .toList();
    new AdapterFolder(adapter.config(), modules).write(directory);
  }

  /** Adds B A of each part to its weight, in place. */
  static void merge(Decoder decoder, Adapter adapter) {
    Layout layout = Layout.of(decoder.config());
    for (Adapter.Part part : adapter.parts()) {
      add(decoder, adapter, part, decoder.weights().get(part.weight(layout)));
    }
  }

  /** The weight at {@code place} with the attached adapter's change; what is new is the scope's. */
  static NDArray mergedWeight(Decoder decoder, NDManager scope, int place) {
    NDArray weight = decoder.weights().get(place);
    Adapter adapter = decoder.adapter();
    if (adapter == null) {
      return weight;
    }
    Layout layout = Layout.of(decoder.config());
    for (Adapter.Part part : adapter.parts()) {
      if (part.weight(layout) == place) {
        NDArray copy = decoder.copies(scope, List.of(weight), DType.FLOAT32).get(0);
        add(decoder, adapter, part, copy);
        return copy;
      }
    }
    return weight;
  }

  private static void add(Decoder decoder, Adapter adapter, Adapter.Part part, NDArray weight) {
    try (NDManager scope = decoder.manager().newSubManager()) {
      Arguments arguments =
          new Arguments()
              .tensor(weight)
              .tensor(part.a())
              .tensor(part.b())
              .tensor(scope.create(adapter.config().scaling(part.module())));
      decoder.kernel().call(scope, "merge", arguments);
    }
  }
}
