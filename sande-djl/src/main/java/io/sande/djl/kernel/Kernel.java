package io.sande.djl.kernel;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.sande.djl.checkpoint.ModelConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A loaded TorchScript module. Not thread-safe: its owner lets one call in at a time.
 *
 * <p>A method runs whole inside libtorch, gradients and optimizer included, so that nothing of
 * DJL's process-wide gradient machinery is used and several kernels may run on several threads.
 */
public final class Kernel implements AutoCloseable {
  private static final String SOURCE = "decoder.torchscript.py";

  /** What names oneDNN in the source, and what does without it. */
  private static final Map<String, String> ONE_DNN =
      Map.of(
          "ops.mkldnn._linear_pointwise("
              + "x, w, bias, \"none\", annotate(List[Optional[number]], []), \"\")",
          "torch.linear(x, w, bias)",
          "ops.mkldnn._reorder_linear_weight(w[i], B)",
          "self.parts(w[i])",
          "ops.mkldnn._reorder_linear_weight(w[i], rows)",
          "w[i]",
          "ops.mkldnn._is_mkldnn_bf16_supported()",
          "False",
          "ops.prim.is_mkldnn(w)",
          "False");

  private final Model model;
  private final PtSymbolBlock block;

  private Kernel(Model model) {
    this.model = model;
    this.block = (PtSymbolBlock) model.getBlock();
  }

  /**
   * The decoder of {@code config} on the device of {@code manager}.
   *
   * @param offloaded whether a step of all weights goes through one layer at a time
   */
  public static Kernel decoder(ModelConfig config, boolean offloaded, NDManager manager) {
    Map<String, Object> attributes = DecoderAttributes.of(config, offloaded);
    return of("Decoder", forThisMachine(source()), attributes, manager);
  }

  static String source() {
    try (InputStream source = Kernel.class.getResourceAsStream(SOURCE)) {
      byte[] utf8 = Objects.requireNonNull(source, SOURCE).readAllBytes();
      return new String(utf8, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String forThisMachine(String code) {
    boolean intelOrAmd = List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
    boolean mac = System.getProperty("os.name").startsWith("Mac");
    return intelOrAmd && !mac ? code : withoutOneDnn(code);
  }

  /** The source for a libtorch that was built without oneDNN and would refuse its name. */
  static String withoutOneDnn(String code) {
    String without = code;
    for (Map.Entry<String, String> name : ONE_DNN.entrySet()) {
      without = without.replace(name.getKey(), name.getValue());
    }
    return without;
  }

  /**
   * A module of class {@code type} in {@code source}, on the device of {@code manager}.
   *
   * @param attributes of the module: Integer, Double, Boolean, List of Integer
   */
  public static Kernel of(
      String type, String source, Map<String, Object> attributes, NDManager manager) {
    Model model =
        Model.newInstance("sande", manager.getDevice(), manager.getEngine().getEngineName());
    try {
      byte[] archive = TorchScriptArchive.of(type, source, attributes);
      model.load(new ByteArrayInputStream(archive), Map.of("trainParam", "true"));
      return new Kernel(model);
    } catch (IOException e) {
      model.close();
      throw new UncheckedIOException(e);
    } catch (MalformedModelException | RuntimeException e) {
      model.close();
      throw new IllegalStateException("libtorch refuses " + type + ": " + e.getMessage(), e);
    }
  }

  /**
   * Runs a method. Results belong to {@code manager}; results in bfloat16 are opaque: only pass
   * them on and close them, since DJL ends the process when it meets that dtype.
   */
  public NDList call(NDManager manager, String method, Arguments arguments) {
    boolean gradients = JniUtils.isGradMode();
    try (NDArray name = manager.create(0f)) {
      name.setName("module_method:" + method);
      NDList inputs = new NDList(name); // first, because results go to the first input's manager
      inputs.addAll(arguments.inputs());
      // The optimizer of TorchScript graphs costs time and memory for shapes that change every
      // step.
      JniUtils.setGraphExecutorOptimize(false);
      return IValueUtils.forward(block, inputs, true);
    } finally {
      JniUtils.setGraphExecutorOptimize(true);
      JniUtils.setGradMode(gradients);
    }
  }

  /**
   * The memory of a contiguous tensor on the CPU, of any dtype and less than 2 GiB. Only to be used
   * while the tensor is open.
   */
  public static ByteBuffer bytes(NDArray tensor) {
    return JniUtils.getByteBuffer((PtNDArray) tensor, true);
  }

  @Override
  public void close() {
    model.close();
  }
}
