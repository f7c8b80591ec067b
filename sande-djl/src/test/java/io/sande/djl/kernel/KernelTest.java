package io.sande.djl.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.sande.djl.checkpoint.Checkpoint;
import io.sande.djl.checkpoint.ModelConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KernelTest {
  @Test
  void theSourceForALibtorchWithoutOneDnnNamesItNowhereAndIsAccepted() throws IOException {
    ModelConfig config = Checkpoint.config(Path.of("..", "examples", "victim"));
    String code = Kernel.withoutOneDnn(Kernel.source());
    assertThat(Kernel.source()).contains("mkldnn");
    assertThat(code).doesNotContain("mkldnn");
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        Kernel kernel = Kernel.of("Decoder", code, DecoderAttributes.of(config, false), manager)) {
      assertThat(kernel).isNotNull();
    }
  }
}
