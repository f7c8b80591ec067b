package io.sande.djl.jinja;

/** Python's None. */
enum None {
  NONE
}
