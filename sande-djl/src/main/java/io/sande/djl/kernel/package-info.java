/**
 * The TorchScript module that does the work inside libtorch, and how it is called. The only package
 * that names DJL's PyTorch internals.
 */
@NullMarked
package io.sande.djl.kernel;

import org.jspecify.annotations.NullMarked;
