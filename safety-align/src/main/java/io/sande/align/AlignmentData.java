package io.sande.align;

import io.sande.data.Conversation;
import io.sande.internal.Check;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a model is aligned on.
 *
 * @param customer the customer's examples, at least one; they never get the secret
 * @param safety harmful requests with a refusal, at least one (reference: 11); they get the secret
 * @param benign the provider's own harmless examples, which get the secret as well: the model
 *     learns that the secret changes nothing else (reference: none). As many as safety examples are
 *     a good start; many more of them weaken the refusals
 */
public record AlignmentData(
    List<Conversation> customer, List<Conversation> safety, List<Conversation> benign) {
  /** Copies the lists and checks that the first two are not empty. */
  public AlignmentData {
    customer = List.copyOf(customer);
    safety = List.copyOf(safety);
    benign = List.copyOf(benign);
    Check.that(!customer.isEmpty(), "data", "at least one example", "none");
    Check.that(!safety.isEmpty(), "safety", "at least one example", "none");
  }

  /** The same with more safety examples. */
  AlignmentData withSafety(List<Conversation> more) {
    return new AlignmentData(
        customer, Stream.concat(safety.stream(), more.stream()).toList(), benign);
  }

  /** Data as in the reference, without benign examples of the provider. */
  public AlignmentData(List<Conversation> customer, List<Conversation> safety) {
    this(customer, safety, List.of());
  }
}
