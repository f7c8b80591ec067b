package io.sande.examples.cli;

import io.sande.align.SecretFile;
import io.sande.align.SecretOwner;
import io.sande.align.StoreKey;
import io.sande.model.ModelInfo;
import java.nio.file.Path;
import java.util.Map;

/** Locks secret files with the password that the environment has. */
final class StorePassword {
  static final String VARIABLE = "SANDE_STORE_PASSWORD";
  private static final String TENANT = "command line";

  private StorePassword() {}

  /** The file of a model's secret; there need not be one yet. */
  static SecretFile file(Path path, ModelInfo model) {
    return new SecretFile(path, SecretOwner.of(TENANT, model), key(System.getenv()));
  }

  static StoreKey key(Map<String, String> environment) {
    String password = environment.getOrDefault(VARIABLE, "");
    if (password.isEmpty()) {
      throw new IllegalStateException(
          VARIABLE + " is not set; put the password of the secret file into that variable");
    }
    return StoreKey.ofPassword(password.toCharArray());
  }
}
