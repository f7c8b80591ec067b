package io.sande;

import io.sande.model.SoftPrompt;

/** A trained parrot and the response of so many {@code tokens} that it brings out. */
record Parrot(SoftPrompt prompt, String response, int tokens) {}
