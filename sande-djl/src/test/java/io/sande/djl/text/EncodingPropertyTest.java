package io.sande.djl.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class EncodingPropertyTest {
  /** A tokenizer of bytes loses nothing, so neither may the way through Java. */
  @Property(tries = 20)
  void everyTextComesBackFromATokenizerOfBytes(@ForAll List<String> texts) throws IOException {
    try (CheckpointText text = CheckpointText.open(Path.of("../examples/victim"))) {
      for (String each : texts) {
        byte[] utf8 = each.getBytes(StandardCharsets.UTF_8); // half a surrogate pair becomes '?'
        String valid = new String(utf8, StandardCharsets.UTF_8);
        assertThat(text.decode(text.encode(valid))).isEqualTo(valid);
      }
    }
  }
}
