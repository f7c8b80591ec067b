/** Removes backdoors from language models: vocabulary, data, algorithms and evaluation. */
@SuppressWarnings("module") // the modules that internals are exported to are not on this path
module io.sande.core {
  requires com.google.common;
  requires com.google.gson;
  requires static transitive com.google.errorprone.annotations;
  requires static org.jspecify;

  exports io.sande;
  exports io.sande.cure;
  exports io.sande.data;
  exports io.sande.eval;
  exports io.sande.model;
  exports io.sande.report;
  exports io.sande.resume;
  exports io.sande.scan;
  exports io.sande.train;
  exports io.sande.internal to
      io.sande.djl,
      io.sande.align;
}
