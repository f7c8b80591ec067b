package io.sande.testkit;

import io.sande.model.AdamW;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** {@link AdamW} on arrays of any lengths. */
final class TinyAdamW {
  private final AdamW settings;
  private final double[][] first;
  private final double[][] second;
  private int updates;

  TinyAdamW(AdamW settings, double[][] trained) {
    this.settings = settings;
    this.first = new double[trained.length][];
    this.second = new double[trained.length][];
    for (int i = 0; i < trained.length; i++) {
      first[i] = new double[trained[i].length];
      second[i] = new double[trained[i].length];
    }
  }

  /** All that an update changes here. */
  void write(DataOutputStream out) throws IOException {
    out.writeInt(updates);
    TinyFile.write(out, first);
    TinyFile.write(out, second);
  }

  /** Takes over what was written. */
  void read(DataInputStream in) throws IOException {
    updates = in.readInt();
    TinyFile.read(in, first);
    TinyFile.read(in, second);
  }

  /** One update in place; false, and nothing is changed, where the gradient is not finite. */
  boolean update(double[][] trained, double[][] gradient, double learningRate) {
    double norm = norm(gradient);
    if (!Double.isFinite(norm)) {
      return false;
    }
    updates++;
    double scale = Math.min(1, settings.clip() / (norm + 1e-6));
    for (int i = 0; i < trained.length; i++) {
      for (int k = 0; k < trained[i].length; k++) {
        double step = step(i, k, scale * gradient[i][k]);
        trained[i][k] -= learningRate * (settings.weightDecay() * trained[i][k] + step);
      }
    }
    return true;
  }

  private double step(int i, int k, double gradient) {
    double b1 = settings.beta1();
    double b2 = settings.beta2();
    first[i][k] = b1 * first[i][k] + (1 - b1) * gradient;
    second[i][k] = b2 * second[i][k] + (1 - b2) * gradient * gradient;
    double mean = first[i][k] / (1 - Math.pow(b1, updates));
    double square = second[i][k] / (1 - Math.pow(b2, updates));
    return mean / (Math.sqrt(square) + settings.epsilon());
  }

  private static double norm(double[][] arrays) {
    double sum = 0;
    for (double[] array : arrays) {
      for (double value : array) {
        sum += value * value;
      }
    }
    return Math.sqrt(sum);
  }
}
