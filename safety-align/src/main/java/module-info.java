/** Keeps a chat model safe through a customer's fine-tuning. */
module io.sande.align {
  requires transitive io.sande.core;
  requires com.google.common;
  requires static org.jspecify;

  exports io.sande.align;
}
