package io.sande;

import io.sande.model.SoftPrompt;

/** A trained parrot and the response of so many {@code tokens} that it brings out. */
record Parrot(SoftPrompt prompt, String response, int tokens) {
  /** One that was trained away from clean answers, toward no response. */
  static Parrot ofNoResponse(SoftPrompt prompt) {
    return new Parrot(prompt, "", 0);
  }

  boolean hasResponse() {
    return tokens > 0;
  }
}
