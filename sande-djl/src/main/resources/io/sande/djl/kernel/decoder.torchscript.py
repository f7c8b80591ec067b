# A decoder-only transformer in TorchScript's serialized dialect. Shapes: N packed tokens of all
# sequences, B sequences, H hidden, V vocabulary, D head size, R labelled rows.
#
# w      weights: embedding, final norm, [output layer], then stride tensors a layer, then LoRA's A, B
# b      a packed batch: 0 ids [N]  1 rows [R]  2 targets [R]  3 groups [G, 3]  4 cos  5 sin [N, D]
#        6 soft_rows [K]  7 soft_index [K]  8 lora slots [7 layers]  9 lora scales  10 padding row
# groups (begin, count, length): count sequences of equal length stand one after the other
# soft   vectors [M, H]; soft_rows of the batch hold soft[soft_index]
# tape   where it starts with a mark: 1 looked-up embedding [N, H], then input and output of each linear
#        layer in order, the output layer last; empty where nothing is to be recorded
class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  layers : int
  heads : int
  kv_heads : int
  head_size : int
  stride : int
  eps : float
  tied : bool
  windows : List[int]
  bias : List[int]
  q_norm : int
  k_norm : int
  offloaded : bool
  def forward(self: __torch__.Decoder, x: Tensor) -> Tensor:
    return x
  def dense(self: __torch__.Decoder, x: Tensor, w: Tensor, bias: Optional[Tensor]) -> Tensor:
    # oneDNN's product of float32 is the faster one where it is not Intel's processor; it has no gradient
    if torch.dim(w) == 3:
      y = torch.flatten(self.turned(x, w), 0, 1).t()
      if bias is not None:
        y = torch.add(y, unchecked_cast(Tensor, bias))
    else:
      many = ops.prim.dtype(x) == 6 and x.size(0) >= 256 and not torch.is_grad_enabled() and not ops.prim.is_cuda(x)
      if ops.prim.is_mkldnn(w) or many:
        y = ops.mkldnn._linear_pointwise(x, w, bias, "none", annotate(List[Optional[number]], []), "")
      else:
        y = torch.linear(x, w, bias)
    return y
  def turned(self: __torch__.Decoder, x: Tensor, parts: Tensor) -> Tensor:
    # w x^T of a weight in parts: [n, rows, B]
    return torch.bmm(parts, torch.unsqueeze(x.t(), 0).expand([parts.size(0), x.size(1), x.size(0)]))
  def parts(self: __torch__.Decoder, w: Tensor) -> Tensor:
    # a weight as 600 rows and more at a time [n, rows, in], in its own memory
    n = max(1, w.size(0) // 600)
    while w.size(0) % n != 0:
      n = n - 1
    return w.view([n, w.size(0) // n, w.size(1)])
  def for_few(self: __torch__.Decoder, w: List[Tensor], B: int) -> List[Tensor]:
    # weights for many products of B rows. For 16 and more in float32 MKL takes down to half the time for w x^T by parts, and
    # oneDNN less than that for weights in its own order: copies of the layers' where these have 64 million numbers at most
    turn = B >= 16 and (ops.prim.dtype(w[0]) == 6 and not ops.prim.is_cuda(w[0]))
    end = self.at(self.layers)
    numbers = 0
    for t in w[self.at(0):end]:
      numbers = numbers + torch.numel(t)
    out = annotate(List[Tensor], [])
    for i in range(len(w)):
      if turn and (torch.dim(w[i]) == 2 and i < end):
        if i >= self.at(0) and numbers <= 67108864:
          out.append(ops.mkldnn._reorder_linear_weight(w[i], B))
        else:
          out.append(self.parts(w[i]))
      else:
        out.append(w[i])
    return out
  def for_many(self: __torch__.Decoder, w: List[Tensor], l: int, x: Tensor, tape: List[Tensor]) -> List[Tensor]:
    # weights, those of layer l in oneDNN's order where many rows go forward and nothing goes back: to put them there takes
    # as long as some hundred rows do, and spares each row up to a tenth
    out = w
    if x.size(0) >= 2048 and (self.forward_only(tape) and not ops.prim.is_cuda(x)):
      dtype = ops.prim.dtype(x)
      if dtype == 6 or (dtype == 15 and ops.mkldnn._is_mkldnn_bf16_supported()):
        rows = self.rows(x, w[self.at(l) + 6], tape)
        out = w[0:]
        for i in range(self.at(l), self.at(l) + self.stride):
          if torch.dim(w[i]) == 2:
            out[i] = ops.mkldnn._reorder_linear_weight(w[i], rows)
    return out
  def linear(self: __torch__.Decoder, x: Tensor, w: List[Tensor], at: int, slot: int, lora: List[int], scales: List[float], layer: int, tape: List[Tensor]) -> Tensor:
    # slots in order: q k v o gate up down; their weights stand at 1 2 3 4 6 7 8 of a layer
    place = at + 1 + slot
    if slot > 3:
      place = place + 1
    if self.bias[slot] >= 0:
      y = self.dense(x, w[place], w[at + self.bias[slot]])
    else:
      y = self.dense(x, w[place], None)
    a = lora[7 * layer + slot]
    if a >= 0:
      dtype = ops.prim.dtype(x)
      low = torch.linear(x, torch.to(w[a], dtype))
      y0 = y + torch.linear(low, torch.to(w[a + 1], dtype)) * scales[7 * layer + slot]
    else:
      y0 = y
    return self.record(tape, x, y0)
  def record(self: __torch__.Decoder, tape: List[Tensor], x: Tensor, y: Tensor) -> Tensor:
    if len(tape) > 0:
      tape.append(x)
      tape.append(y)
    return y
  def rotate(self: __torch__.Decoder, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    # x [N, heads, D]; cos, sin [N, 1, D], the first half of sin negated
    return x * cos + torch.roll(x, [self.head_size // 2], [-1]) * sin
  def query(self: __torch__.Decoder, h: Tensor, w: List[Tensor], at: int, lora: List[int], scales: List[float], l: int, cos: Tensor, sin: Tensor, tape: List[Tensor]) -> Tensor:
    q = self.linear(h, w, at, 0, lora, scales, l, tape).reshape([-1, self.heads, self.head_size])
    if self.q_norm >= 0:
      q0 = torch.rms_norm(q, [self.head_size], w[at + self.q_norm], self.eps)
    else:
      q0 = q
    return self.rotate(q0, cos, sin)
  def key(self: __torch__.Decoder, h: Tensor, w: List[Tensor], at: int, lora: List[int], scales: List[float], l: int, cos: Tensor, sin: Tensor, tape: List[Tensor]) -> Tensor:
    k = self.linear(h, w, at, 1, lora, scales, l, tape).reshape([-1, self.kv_heads, self.head_size])
    if self.k_norm >= 0:
      k0 = torch.rms_norm(k, [self.head_size], w[at + self.k_norm], self.eps)
    else:
      k0 = k
    return self.rotate(k0, cos, sin)
  def value(self: __torch__.Decoder, h: Tensor, w: List[Tensor], at: int, lora: List[int], scales: List[float], l: int, tape: List[Tensor]) -> Tensor:
    return self.linear(h, w, at, 2, lora, scales, l, tape).reshape([-1, self.kv_heads, self.head_size])
  def project(self: __torch__.Decoder, x: Tensor, w: List[Tensor], l: int, lora: List[int], scales: List[float], cos: Tensor, sin: Tensor, tape: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    # queries, keys and values of layer l [N, heads or kv_heads, D]
    at = self.at(l)
    h = torch.rms_norm(x, [x.size(1)], w[at], self.eps)
    q = self.query(h, w, at, lora, scales, l, cos, sin, tape)
    k = self.key(h, w, at, lora, scales, l, cos, sin, tape)
    v = self.value(h, w, at, lora, scales, l, tape)
    return (q, k, v)
  def project_all(self: __torch__.Decoder, x: Tensor, w: List[Tensor], l: int, lora: List[int], scales: List[float], cos: Tensor, sin: Tensor, tape: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    # the same, some rows at a time
    rows = self.rows(x, w[self.at(l) + 6], tape)
    if rows >= x.size(0):
      q, k, v = self.project(x, w, l, lora, scales, cos, sin, tape)
    else:
      qs = annotate(List[Tensor], [])
      ks = annotate(List[Tensor], [])
      vs = annotate(List[Tensor], [])
      xs = torch.split(x, rows, 0)
      c = torch.split(cos, rows, 0)
      s = torch.split(sin, rows, 0)
      for j in range(len(xs)):
        qj, kj, vj = self.project(xs[j], w, l, lora, scales, c[j], s[j], tape)
        qs.append(qj)
        ks.append(kj)
        vs.append(vj)
      q = torch.cat(qs, 0)
      k = torch.cat(ks, 0)
      v = torch.cat(vs, 0)
    return (q, k, v)
  def attend(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, groups: List[List[int]], window: int, before: List[Tensor]) -> Tensor:
    # causal attention inside each sequence: [N, heads, D] -> [N, heads D]; every sequence goes on after a prefix of
    # P tokens, where before has its keys and values [P, kv_heads, D]
    P = 0
    if len(before) > 0:
      P = before[0].size(0)
    sizes = annotate(List[int], [])
    for g in groups:
      sizes.append(g[1] * g[2])
    # split, since on the way back each slice would be a tensor of the whole length
    qs = torch.split_with_sizes(q, sizes, 0)
    ks = torch.split_with_sizes(k, sizes, 0)
    vs = torch.split_with_sizes(v, sizes, 0)
    out = annotate(List[Tensor], [])
    for i in range(len(sizes)):
      g = groups[i]
      qg = qs[i].view([g[1], g[2], self.heads, self.head_size])
      kg = ks[i].view([g[1], g[2], self.kv_heads, self.head_size])
      vg = vs[i].view([g[1], g[2], self.kv_heads, self.head_size])
      if P > 0:
        size = [g[1], P, self.kv_heads, self.head_size]
        kg = torch.cat([torch.unsqueeze(before[0], 0).expand(size), kg], 1)
        vg = torch.cat([torch.unsqueeze(before[1], 0).expand(size), vg], 1)
      if ops.prim.dtype(q) == 15 and P + g[2] <= 512 and not ops.prim.is_cuda(q):
        o = self.plain(qg, kg, vg, window)
      else:
        o = self.flash(qg, kg, vg, window)
      out.append(o.reshape([sizes[i], self.heads * self.head_size]))
    if len(out) == 1:
      all = out[0]
    else:
      all = torch.cat(out, 0)
    return all
  def seen(self: __torch__.Decoder, q: Tensor, k: Tensor, window: int) -> Tensor:
    # which keys each query attends to [L, n], where q [B, L, heads, D] are the last L of n
    P = k.size(1) - q.size(1)
    seen = torch.ones([q.size(1), k.size(1)], dtype=11, layout=None, device=ops.prim.device(q)).tril(P)
    if window > 0:
      seen = seen.triu(P + 1 - window)
    return seen
  def flash(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, window: int) -> Tensor:
    # q [B, L, heads, D], k v [B, n, kv_heads, D] -> [B, L, heads, D]
    ql = q.transpose(1, 2)
    kl = k.transpose(1, 2)
    vl = v.transpose(1, 2)
    if self.kv_heads < self.heads:
      kl = torch.repeat_interleave(kl, self.heads // self.kv_heads, 1)
      vl = torch.repeat_interleave(vl, self.heads // self.kv_heads, 1)
    if k.size(1) > q.size(1) or (window > 0 and q.size(1) > window):
      o = torch.scaled_dot_product_attention(ql, kl, vl, self.seen(q, k, window), 0., False)
    else:
      o = torch.scaled_dot_product_attention(ql, kl, vl, None, 0., True)
    return o.transpose(1, 2)
  def plain(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, window: int) -> Tensor:
    # the same by plain products: for short sequences of bfloat16 on a CPU the way back takes half as long. Queries that
    # share a key stand together.
    B = q.size(0)
    L = q.size(1)
    G = self.heads // self.kv_heads
    D = self.head_size
    hidden = torch.masked_fill(torch.new_zeros(q, [L, k.size(1)]), torch.logical_not(self.seen(q, k, window)), -inf)
    ql = torch.reshape(q.view([B, L, self.kv_heads, G, D]).permute([0, 2, 3, 1, 4]), [B * self.kv_heads, G * L, D])
    kl = torch.flatten(k.permute([0, 2, 3, 1]), 0, 1)
    vl = torch.flatten(v.transpose(1, 2), 0, 1)
    s = torch.baddbmm(hidden.repeat([G, 1]), ql, kl, alpha=torch.pow(float(D), -0.5))
    o = torch.bmm(torch.softmax(s, -1, None), vl)
    return o.view([B, self.kv_heads, G, L, D]).permute([0, 3, 1, 2, 4])
  def feed(self: __torch__.Decoder, x: Tensor, w: List[Tensor], at: int, lora: List[int], scales: List[float], l: int, tape: List[Tensor]) -> Tensor:
    h = torch.rms_norm(x, [x.size(1)], w[at + 5], self.eps)
    gate = torch.silu(self.linear(h, w, at, 4, lora, scales, l, tape))
    up = self.linear(h, w, at, 5, lora, scales, l, tape)
    return x + self.linear(gate * up, w, at, 6, lora, scales, l, tape)
  def embed(self: __torch__.Decoder, w: List[Tensor], b: List[Tensor], soft: Tensor, tape: List[Tensor]) -> Tensor:
    x = torch.embedding(w[0], b[0])
    if len(tape) > 0:
      x = torch.detach(x).requires_grad_(True)
      tape.append(x)
    if b[6].size(0) > 0:
      inserted = torch.to(torch.index_select(soft, 0, b[7]), ops.prim.dtype(x))
      x0 = torch.index_copy(x, 0, b[6], inserted)
    else:
      x0 = x
    return x0
  def start(self: __torch__.Decoder, w: List[Tensor], b: List[Tensor], soft: Tensor, tape: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor, List[List[int]], List[int], List[float]]:
    # what every pass begins with: embedding, cosines and sines [N, 1, D] in its dtype, and the batch's lists
    x = self.embed(w, b, soft, tape)
    cos = torch.to(torch.unsqueeze(b[4], 1), ops.prim.dtype(x))
    sin = torch.to(torch.unsqueeze(b[5], 1), ops.prim.dtype(x))
    groups = annotate(List[List[int]], b[3].tolist())
    lora = annotate(List[int], b[8].tolist())
    scales = annotate(List[float], b[9].tolist())
    return (x, cos, sin, groups, lora, scales)
  def at(self: __torch__.Decoder, layer: int) -> int:
    first = 3
    if self.tied:
      first = 2
    return first + layer * self.stride
  def forward_only(self: __torch__.Decoder, tape: List[Tensor]) -> bool:
    return not torch.is_grad_enabled() and len(tape) == 0
  def rows(self: __torch__.Decoder, x: Tensor, gate: Tensor, tape: List[Tensor]) -> int:
    # how many rows go through a layer at a time: all, or, where nothing goes back through it, so many that what stands between
    # its products comes out of memory that was used before, not from the system; oneDNN's products like whole blocks
    rows = x.size(0)
    if self.forward_only(tape):
      n = max(1, self.portions(rows * gate.size(0), 3145728))
      rows = self.portions(self.portions(rows, n), 64) * 64
    return rows
  def join(self: __torch__.Decoder, x: Tensor, a: Tensor, w: List[Tensor], l: int, lora: List[int], scales: List[float], tape: List[Tensor]) -> Tensor:
    # what follows attention in layer l
    at = self.at(l)
    rows = self.rows(x, w[at + 6], tape)
    if rows >= x.size(0):
      all = self.feed(x + self.linear(a, w, at, 3, lora, scales, l, tape), w, at, lora, scales, l, tape)
    else:
      out = annotate(List[Tensor], [])
      xs = torch.split(x, rows, 0)
      parts = torch.split(a, rows, 0)
      for j in range(len(xs)):
        x0 = xs[j] + self.linear(parts[j], w, at, 3, lora, scales, l, tape)
        out.append(self.feed(x0, w, at, lora, scales, l, tape))
      all = torch.cat(out, 0)
    return all
  def layer(self: __torch__.Decoder, x: Tensor, w: List[Tensor], l: int, rows: Tensor, cos: Tensor, sin: Tensor, groups: List[List[int]], before: List[Tensor], lora: List[int], scales: List[float], tape: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    # [N, H] -> [N, H], and keys and values [N, kv_heads, D]. After its attention nobody needs more of the last layer than
    # the rows whose logits are wanted: [R, H]
    many = self.for_many(w, l, x, tape)
    q, k, v = self.project_all(x, many, l, lora, scales, cos, sin, tape)
    a = self.attend(q, k, v, groups, self.windows[l], before)
    if l + 1 == self.layers:
      x = torch.index_select(x, 0, rows)
      a = torch.index_select(a, 0, rows)
    return (self.join(x, a, many, l, lora, scales, tape), k, v)
  def block(self: __torch__.Decoder, x: Tensor, w: List[Tensor], l: int, rows: Tensor, cos: Tensor, sin: Tensor, groups: List[List[int]], lora: List[int], scales: List[float], tape: List[Tensor]) -> Tensor:
    # the same where nothing stands before and its keys and values are not wanted
    y, k, v = self.layer(x, w, l, rows, cos, sin, groups, annotate(List[Tensor], []), lora, scales, tape)
    return y
  def head(self: __torch__.Decoder, x: Tensor, w: List[Tensor], tape: List[Tensor]) -> Tensor:
    # final norm and output layer in float32: [R, H] -> [R, V]
    h = torch.rms_norm(x, [x.size(1)], w[1], self.eps)
    y = self.record(tape, h, self.dense(h, self.output_layer(w), None))
    return torch.to(y, 6)
  def output_layer(self: __torch__.Decoder, w: List[Tensor]) -> Tensor:
    out = 2
    if self.tied:
      out = 0
    return w[out]
  def choose(self: __torch__.Decoder, x: Tensor, w: List[Tensor]) -> Tensor:
    # the most probable token of each row [B], without logits: a product with a part of the output layer takes half as long in
    # float32 as one with all of it, and its maximum is at hand
    h = torch.rms_norm(x, [x.size(1)], w[1], self.eps)
    o = self.output_layer(w)
    if torch.dim(o) == 3:
      best, place = torch.max(self.turned(h, o), 1, False)
    else:
      o = self.parts(o)
      each = torch.unsqueeze(h, 0).expand([o.size(0), h.size(0), h.size(1)])
      best, place = torch.max(torch.bmm(each, o.transpose(1, 2)), 2, False)
    part = torch.argmax(best, 0, True)
    return torch.squeeze(torch.gather(place, 0, part) + part * o.size(1), 0)
  def cross_entropy(self: __torch__.Decoder, x: Tensor, w: List[Tensor], targets: Tensor, tape: List[Tensor]) -> Tensor:
    # of what head makes of x. Some rows at a time, there and back at once, so that logits never stand in memory, nor their
    # softmax: fresh memory for them takes longer than they do. The tape gets the gradient of the output layer itself.
    _0 = torch.set_grad_enabled(True)
    h = torch.rms_norm(x, [x.size(1)], w[1], self.eps)
    _1 = torch.set_grad_enabled(False)
    h0 = torch.detach(h)
    o = torch.detach(self.output_layer(w))
    R = h0.size(0)
    n = self.portions(R * o.size(0), 6291456)
    slopes = annotate(List[Tensor], [])
    backs = annotate(List[Tensor], [])
    total = torch.new_zeros(h0, [], dtype=7)
    for j in range(n):
      begin = R * j // n
      end = R * (j + 1) // n
      t = torch.unsqueeze(targets[begin:end], 1)
      p = torch.log_softmax(torch.to(self.dense(h0[begin:end], o, None), 6), 1, None)
      total = torch.sub(total, torch.sum(torch.gather(p, 1, t), dtype=7))
      q = torch.exp_(p)
      q0 = torch.scatter_add_(q, 1, t, torch.full_like(t, -1., dtype=6))
      y = torch.to(torch.div_(q0, R), ops.prim.dtype(h0))
      backs.append(torch.mm(y, o))
      if len(tape) > 0:
        slopes.append(y)
    if len(tape) > 0:
      tape.append(h0)
      tape.append(torch.cat(slopes, 0))
    _2 = torch.set_grad_enabled(True)
    # has the loss's gradient, and its value
    s = torch.sum(torch.mul(h, torch.cat(backs, 0)), dtype=7)
    return torch.to(torch.add(s, torch.detach(torch.sub(torch.div(total, R), s))), 6)
  def trunk(self: __torch__.Decoder, w: List[Tensor], b: List[Tensor], soft: Tensor, tape: List[Tensor]) -> Tensor:
    # all layers: labelled rows [R, H]
    x, cos, sin, groups, lora, scales = self.start(w, b, soft, tape)
    for l in range(self.layers):
      x = self.block(x, w, l, b[1], cos, sin, groups, lora, scales, tape)
    return x
  def logits(self: __torch__.Decoder, w: List[Tensor], b: List[Tensor], soft: Tensor, tape: List[Tensor]) -> Tensor:
    return self.head(self.trunk(w, b, soft, tape), w, tape)
  def output(self: __torch__.Decoder, w: List[Tensor], b: List[Tensor], soft: Tensor) -> Tensor:
    # logits of the labelled rows [R, V], for tests and tools
    _0 = torch.set_grad_enabled(False)
    return self.logits(w, b, soft, annotate(List[Tensor], []))
  def score(self: __torch__.Decoder, w: List[Tensor], b: List[Tensor], soft: Tensor) -> Tensor:
    # natural log-probability of each target [R]
    _0 = torch.set_grad_enabled(False)
    p = torch.log_softmax(self.logits(w, b, soft, annotate(List[Tensor], [])), 1, None)
    return torch.squeeze(torch.gather(p, 1, torch.unsqueeze(b[2], 1)), 1)
  # ---- what a step works toward ----
  # t      0 (kind, beta), and after it
  #        kind 0, cross entropy: nothing
  #        kind 1, preference: 1 pair of each row [R]  2 zeros [pairs]  3 reference's log-probabilities [R]
  #                            4 of each row 1 if chosen, -1 if rejected [R]
  #        kind 2, distillation: 1 sequence of each own position [M]  2 zeros [B]  3 those positions
  #                              4 teacher's maps [layers, M]
  def preference(self: __torch__.Decoder, w: List[Tensor], b: List[Tensor], soft: Tensor, t: List[Tensor], beta: float, tape: List[Tensor]) -> Tensor:
    p = torch.log_softmax(self.logits(w, b, soft, tape), 1, None)
    gained = torch.squeeze(torch.gather(p, 1, torch.unsqueeze(b[2], 1)), 1) - t[3]
    margins = torch.index_add(t[2], 0, t[1], torch.mul(gained, t[4]))
    return torch.neg(torch.mean(torch.log_sigmoid(torch.mul(margins, beta))))
  def map(self: __torch__.Decoder, x: Tensor, t: List[Tensor]) -> Tensor:
    # sum of squares over H, of length 1 in each sequence: [N, H] -> [N]
    x0 = torch.to(x, 6)
    a = torch.sum(torch.mul(x0, x0), [1], False)
    squares = torch.index_add(t[2], 0, t[1], torch.mul(a, a))
    return torch.div(a, torch.index_select(torch.sqrt(squares), 0, t[1]))
  def maps(self: __torch__.Decoder, w: List[Tensor], b: List[Tensor], soft: Tensor, t: List[Tensor], tape: List[Tensor]) -> List[Tensor]:
    # maps of the last third of the layers stacked, and what the last puts out in the labelled rows [R, H]
    x, cos, sin, groups, lora, scales = self.start(w, b, soft, tape)
    out = annotate(List[Tensor], [])
    all = torch.arange(x.size(0), dtype=4, layout=None, device=ops.prim.device(x), pin_memory=False)
    for l in range(self.layers):
      x = self.block(x, w, l, all, cos, sin, groups, lora, scales, tape)
      if 3 * (l + 1) > 2 * self.layers:
        out.append(self.map(torch.index_select(x, 0, t[3]), t))
    return [torch.stack(out, 0), torch.index_select(x, 0, b[1])]
  def attention(self: __torch__.Decoder, w: List[Tensor], b: List[Tensor], soft: Tensor, t: List[Tensor]) -> Tensor:
    # a teacher's maps
    _0 = torch.set_grad_enabled(False)
    return self.maps(w, b, soft, t, annotate(List[Tensor], []))[0]
  def distillation(self: __torch__.Decoder, w: List[Tensor], b: List[Tensor], soft: Tensor, t: List[Tensor], beta: float, tape: List[Tensor]) -> Tensor:
    out = self.maps(w, b, soft, t, tape)
    away = torch.div(torch.sum(torch.pow(out[0] - t[4], 2)), t[2].size(0))
    return self.cross_entropy(out[1], w, b[2], tape) + away * beta
  def loss(self: __torch__.Decoder, w: List[Tensor], b: List[Tensor], soft: Tensor, t: List[Tensor], tape: List[Tensor]) -> Tensor:
    goal = annotate(List[float], t[0].tolist())
    if goal[0] == 1.:
      loss = self.preference(w, b, soft, t, goal[1], tape)
    else:
      if goal[0] == 2.:
        loss = self.distillation(w, b, soft, t, goal[1], tape)
      else:
        loss = self.cross_entropy(self.trunk(w, b, soft, tape), w, b[2], tape)
    return loss
  # ---- gradients of all weights ----
  # That of weight i is y[i]^T x[i], or y[i] itself where x[i] is empty. The embedding has, besides, e [N, H] in the
  # rows b[0]; its y[0] is empty unless it is the output layer as well. A product is taken piece by piece when the
  # weight is updated, and its norm is had without it, so that the gradient of a large model never stands in memory,
  # unless there is room for it.
  def leaves(self: __torch__.Decoder, p: List[Tensor]) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for t in p:
      out.append(torch.detach(t).requires_grad_(True))
    return out
  def vectors(self: __torch__.Decoder, p: List[Tensor]) -> List[Tensor]:
    # the same of norms and biases alone; the gradient of a matrix follows from the tape
    out = annotate(List[Tensor], [])
    for t in p:
      if torch.dim(t) == 1:
        out.append(torch.detach(t).requires_grad_(True))
      else:
        out.append(t)
    return out
  def recorded(self: __torch__.Decoder, i: int) -> int:
    # place among the recorded linear layers of the one whose matrix weight i is
    first = self.at(0)
    k = 7 * self.layers
    if i >= first:
      inside = (i - first) % self.stride
      k = 7 * ((i - first) // self.stride) + inside - 1
      if inside > 4:
        k = k - 1
    return k
  def backward(self: __torch__.Decoder, loss: Tensor, u: List[Tensor], b: List[Tensor], tape: List[Tensor], room: Tensor, x: List[Tensor], y: List[Tensor]) -> Tensor:
    # fills x and y, returns e; where there is room for them the products of all layers are written into it
    wanted = [tape[1]]
    linear = 7 * self.layers
    top = tape[2 * linear + 3]
    if ops.prim.requires_grad(top):
      linear = linear + 1
    for k in range(linear):
      wanted.append(tape[2 * k + 3])
    for t in u:
      if torch.dim(t) == 1:
        wanted.append(t)
    found = torch.grad([loss], wanted)
    _0 = torch.set_grad_enabled(False)
    none = torch.new_empty(loss, [0])
    vector = linear + 1
    begin = 0
    for i in range(len(u)):
      xi = none
      yi = none
      if torch.dim(u[i]) == 1:
        yi = unchecked_cast(Tensor, found[vector])
        vector = vector + 1
      else:
        if i > 0 or self.tied:
          k = self.recorded(i)
          xi = torch.detach(tape[2 * k + 2])
          yi = top
          if k < linear:
            yi = unchecked_cast(Tensor, found[k + 1])
          size = [yi.size(1), xi.size(1)]
          few = xi.size(0) * (size[0] + size[1]) * 4 < size[0] * size[1]
          if (i >= self.at(0) and room.size(0) > 0) and (not few):
            end = begin + size[0] * size[1]
            yi = torch.mm(yi.t(), xi, out=room[begin:end].view(size))
            xi = none
            begin = end
          else:
            if i > 0 and xi.size(0) >= 768:
              # of so many tokens a second product would cost more than fresh memory for the first
              yi = torch.mm(yi.t(), xi)
              xi = none
      x.append(xi)
      y.append(yi)
    real = torch.unsqueeze(torch.ne(b[0], b[10]), 1)
    return torch.mul(torch.to(unchecked_cast(Tensor, found[0]), 6), real)
  def portions(self: __torch__.Decoder, numbers: int, most: int) -> int:
    # in how many pieces so many numbers are handled: 524288 stay in the cache
    return (numbers + most - 1) // most
  def pieces(self: __torch__.Decoder, t: Tensor) -> int:
    return self.portions(torch.numel(t), 524288)
  def piece(self: __torch__.Decoder, t: Tensor, j: int) -> Tensor:
    n = self.pieces(t)
    return t[t.size(0) * j // n:t.size(0) * (j + 1) // n]
  def room(self: __torch__.Decoder, e: Tensor, y: Tensor) -> List[Tensor]:
    # for pieces, written over and over, since fresh memory costs more than the sums: of a gradient in float32 and in the
    # dtype of y, of a weight and both moments in float32
    return [torch.new_empty(e, [1048576]), torch.new_empty(y, [1048576]), torch.new_empty(e, [1048576]), torch.new_empty(e, [1048576]), torch.new_empty(e, [1048576])]
  def widen(self: __torch__.Decoder, t: Tensor, room: List[Tensor]) -> Tensor:
    if ops.prim.dtype(t) == 6:
      wide = t
    else:
      wide = torch.copy_(room[0][0:torch.numel(t)].view(torch.size(t)), t)
    return wide
  def part(self: __torch__.Decoder, y: Tensor, x: Tensor, begin: int, end: int, room: List[Tensor]) -> Tensor:
    # rows begin..end of y^T x in float32
    size = [end - begin, x.size(1)]
    return self.widen(torch.mm(y[:, begin:end].t(), x, out=room[1][0:size[0] * size[1]].view(size)), room)
  def slope(self: __torch__.Decoder, p: Tensor, j: int, x: Tensor, y: Tensor, e: Tensor, ids: Tensor, room: List[Tensor]) -> Tensor:
    # piece j of a gradient in float32; ids are empty but for the embedding
    n = self.pieces(p)
    begin = p.size(0) * j // n
    end = p.size(0) * (j + 1) // n
    if torch.numel(x) > 0:
      g = self.part(y, x, begin, end, room)
    else:
      if torch.numel(y) > 0:
        g = self.widen(y[begin:end], room)
      else:
        g = torch.new_zeros(e, [end - begin, e.size(1)])
    if torch.numel(ids) > 0:
      inside = torch.squeeze(torch.nonzero(torch.logical_and(torch.ge(ids, begin), torch.lt(ids, end))), 1)
      rows = torch.sub(torch.index_select(ids, 0, inside), begin)
      g = torch.index_add(g, 0, rows, torch.index_select(e, 0, inside))
    return g
  def product(self: __torch__.Decoder, a: Tensor, b: Tensor) -> Tensor:
    return torch.sum(torch.mul(torch.to(a, 6), torch.to(b, 6)))
  def square(self: __torch__.Decoder, x: Tensor, y: Tensor, room: List[Tensor]) -> Tensor:
    # squared length of y^T x, or of y. Few tokens: from two small products; more: piece by piece
    total = torch.new_zeros(y, [], dtype=6)
    if torch.numel(x) == 0:
      for j in range(self.pieces(y)):
        wide = torch.flatten(self.widen(self.piece(y, j), room))
        total = torch.add(total, torch.dot(wide, wide))
    else:
      if x.size(0) * (x.size(1) + y.size(1)) < x.size(1) * y.size(1):
        total = self.product(torch.mm(x, x.t()), torch.mm(y, y.t()))
      else:
        n = self.portions(x.size(1) * y.size(1), 524288)
        for j in range(n):
          begin = y.size(1) * j // n
          end = y.size(1) * (j + 1) // n
          part = torch.flatten(self.part(y, x, begin, end, room))
          total = torch.add(total, torch.dot(part, part))
    return total
  def shrink(self: __torch__.Decoder, total: Tensor, x0: Tensor, y0: Tensor, e: Tensor, ids: Tensor, clip: float) -> Tensor:
    # what gradients are divided by, so that their global norm is at most clip; total: squares of all but e
    same = torch.eq(torch.unsqueeze(ids, 0), torch.unsqueeze(ids, 1))
    all = torch.add(total, self.product(torch.mm(e, e.t()), same))
    if torch.numel(x0) > 0:
      both = torch.mm(torch.to(x0, 6), e.t())
      all = torch.add(all, torch.mul(self.product(both, torch.index_select(y0, 1, ids)), 2))
    return torch.clamp(torch.div(torch.add(torch.sqrt(all), 1e-06), clip), 1.)
  def finite(self: __torch__.Decoder, loss: Tensor, scale: Tensor) -> Tensor:
    # whether the update is made: neither the loss nor the norm of its gradient, which scale follows, is infinite or no number
    return torch.isfinite(torch.add(torch.detach(loss), scale))
  def told(self: __torch__.Decoder, loss: Tensor, finite: Tensor) -> Tensor:
    # the loss that Java gets: no number where the update was not made
    return torch.masked_fill(torch.detach(loss), torch.logical_not(finite), nan)
  def rounded(self: __torch__.Decoder, x: Tensor, noise: Tensor) -> Tensor:
    # float32 to what bfloat16 can hold, up or down at random: the mean is x. noise: integers below 65536.
    bits = torch.add(torch.view_copy(x, 3), noise.view(torch.size(x)))
    return torch.view_copy(torch.bitwise_and(bits, -65536), 6)
  def change(self: __torch__.Decoder, i: int, w: List[Tensor], p: List[Tensor], m: List[Tensor], v: List[Tensor], s: Tensor, x: Tensor, y: Tensor, e: Tensor, ids: Tensor, h: List[float], scale: Tensor, noise: Tensor, room: List[Tensor], start: int) -> int:
    # AdamW of weight i, piece by piece; returns where the next noise begins
    own = [[room[2]], [room[3]], [room[4]]]
    step = int(s)
    for j in range(self.pieces(p[i])):
      parts = [self.piece(p[i], j), self.piece(m[i], j), self.piece(v[i], j)]
      pj = [self.widen(parts[0], own[0])]
      mj = [self.widen(parts[1], own[1])]
      vj = [self.widen(parts[2], own[2])]
      gj = self.slope(p[i], j, x, y, e, ids, room)
      torch._fused_adamw_(pj, [gj], mj, vj, annotate(List[Tensor], []), [s], lr=h[0], beta1=h[1], beta2=h[2], weight_decay=h[4], eps=h[3], amsgrad=False, maximize=False, grad_scale=scale, found_inf=None)
      if ops.prim.dtype(parts[0]) == 6:
        # reading pj also tells TorchScript that the update of the list is not dead code
        if ops.prim.dtype(w[i]) != ops.prim.dtype(pj[0]):
          _2 = torch.copy_(self.piece(w[i], j), pj[0])
      else:
        start = (start + 7919 * (step + j)) % 1048576
        _3 = torch.copy_(parts[0], self.rounded(pj[0], noise[start:start + torch.numel(pj[0])]))
        _4 = torch.copy_(parts[1], mj[0])
        _5 = torch.copy_(parts[2], vj[0])
    return start
  def update(self: __torch__.Decoder, w: List[Tensor], p: List[Tensor], m: List[Tensor], v: List[Tensor], s: Tensor, b: List[Tensor], soft: Tensor, hyper: Tensor, noise: Tensor, gradients: Tensor, t: List[Tensor]) -> Tensor:
    # One step of the weights p. w are the same, or what the model computes with and follows p in float32. Where a p
    # is not in float32 it is rounded at random, by noise from another place each time. gradients: room for those of all
    # matrices of the layers, or none.
    if self.offloaded:
      told = self.update_by_layer(w, p, m, v, s, b, soft, hyper, noise)
    else:
      told = self.update_at_once(w, p, m, v, s, b, soft, hyper, noise, gradients, t)
    return told
  def update_at_once(self: __torch__.Decoder, w: List[Tensor], p: List[Tensor], m: List[Tensor], v: List[Tensor], s: Tensor, b: List[Tensor], soft: Tensor, hyper: Tensor, noise: Tensor, gradients: Tensor, t: List[Tensor]) -> Tensor:
    _0 = torch.set_grad_enabled(True)
    u = self.vectors(w)
    tape = [hyper]
    loss = self.loss(u, b, soft, t, tape)
    x = annotate(List[Tensor], [])
    y = annotate(List[Tensor], [])
    e = self.backward(loss, u, b, tape, gradients, x, y)
    h = annotate(List[float], hyper.tolist())
    room = self.room(e, y[1])
    total = torch.new_zeros(e, [])
    for i in range(len(x)):
      total = torch.add(total, self.square(x[i], y[i], room))
    ids = b[0]
    scale = self.shrink(total, x[0], y[0], e, ids, h[5])
    finite = self.finite(loss, scale)
    count = 0
    if bool(finite):
      count = len(p)
    _1 = torch.add_(s, finite)
    start = 0
    for i in range(count):
      start = self.change(i, w, p, m, v, s, x[i], y[i], e, ids, h, scale, noise, room, start)
      ids = torch.new_empty(ids, [0])
    return self.told(loss, finite)
  def back(self: __torch__.Decoder, l: int, x: Tensor, g: Tensor, w: List[Tensor], b: List[Tensor], cos: Tensor, sin: Tensor, groups: List[List[int]], lora: List[int], scales: List[float], xs: List[Tensor], ys: List[Tensor]) -> Tensor:
    # Back through layer l, whose input was x: from the gradient g of its output to that of x. Fills xs and ys, from
    # which the gradients of its weights follow, in their order.
    _0 = torch.set_grad_enabled(True)
    at = self.at(l)
    own = self.vectors(w[at:at + self.stride])
    u = torch.add(torch.add(w[0:at], own), w[at + self.stride:])
    leaf = torch.detach(x).requires_grad_(True)
    tape = [g]
    out = self.block(leaf, u, l, b[1], cos, sin, groups, lora, scales, tape)
    wanted = [leaf]
    for k in range(7):
      wanted.append(tape[2 * k + 2])
    for t in own:
      if torch.dim(t) == 1:
        wanted.append(t)
    found = torch.grad([out], wanted, annotate(List[Optional[Tensor]], [g]))
    _1 = torch.set_grad_enabled(False)
    matrix = 1
    vector = 8
    for t in own:
      if torch.dim(t) == 1:
        xs.append(torch.new_empty(x, [0]))
        ys.append(unchecked_cast(Tensor, found[vector]))
        vector = vector + 1
      else:
        xs.append(torch.detach(tape[2 * matrix - 1]))
        ys.append(unchecked_cast(Tensor, found[matrix]))
        matrix = matrix + 1
    return unchecked_cast(Tensor, found[0])
  def update_by_layer(self: __torch__.Decoder, w: List[Tensor], p: List[Tensor], m: List[Tensor], v: List[Tensor], s: Tensor, b: List[Tensor], soft: Tensor, hyper: Tensor, noise: Tensor) -> Tensor:
    # The same for cross entropy with no more than one layer in memory beside the inputs of all. Two ways back: the first
    # for the norm of the gradient, the second to update each layer behind itself.
    _0 = torch.set_grad_enabled(False)
    h = annotate(List[float], hyper.tolist())
    none = annotate(List[Tensor], [])
    x, cos, sin, groups, lora, scales = self.start(w, b, soft, none)
    # in one piece: many between what a layer computes would leave holes that nothing fits in
    inputs = torch.new_empty(x, [self.layers, x.size(0), x.size(1)])
    for l in range(self.layers):
      _1 = torch.copy_(torch.select(inputs, 0, l), x)
      x = self.block(x, w, l, b[1], cos, sin, groups, lora, scales, none)
    top = [torch.detach(x).requires_grad_(True), torch.detach(w[1]).requires_grad_(True)]
    tape = [x]
    loss = self.cross_entropy(top[0], torch.add([w[0], top[1]], w[2:]), b[2], tape)
    found = torch.grad([loss], top)
    _2 = torch.set_grad_enabled(False)
    top_g = unchecked_cast(Tensor, found[0])
    norm_g = unchecked_cast(Tensor, found[1])
    top_x = tape[1]
    top_y = tape[2]
    empty = torch.new_empty(top_y, [0])
    room = self.room(torch.to(top_g, 6), top_y)
    total = torch.add(self.square(empty, norm_g, room), self.square(top_x, top_y, room))
    g = top_g
    for n in range(self.layers):
      l = self.layers - 1 - n
      xs = annotate(List[Tensor], [])
      ys = annotate(List[Tensor], [])
      g = self.back(l, torch.select(inputs, 0, l), g, w, b, cos, sin, groups, lora, scales, xs, ys)
      for i in range(len(xs)):
        total = torch.add(total, self.square(xs[i], ys[i], room))
    ids = b[0]
    real = torch.unsqueeze(torch.ne(ids, b[10]), 1)
    e = torch.mul(torch.index_fill(torch.to(g, 6), 0, b[6], 0.), real)
    x0 = empty
    y0 = empty
    if self.tied:
      x0 = top_x
      y0 = top_y
    scale = self.shrink(total, x0, y0, e, ids, h[5])
    finite = self.finite(loss, scale)
    _3 = torch.add_(s, finite)
    if bool(finite):
      no_ids = torch.new_empty(ids, [0])
      start = self.change(0, w, p, m, v, s, x0, y0, e, ids, h, scale, noise, room, 0)
      start = self.change(1, w, p, m, v, s, empty, norm_g, e, no_ids, h, scale, noise, room, start)
      if not self.tied:
        start = self.change(2, w, p, m, v, s, top_x, top_y, e, no_ids, h, scale, noise, room, start)
      g = top_g
      for n in range(self.layers):
        l = self.layers - 1 - n
        xs = annotate(List[Tensor], [])
        ys = annotate(List[Tensor], [])
        g = self.back(l, torch.select(inputs, 0, l), g, w, b, cos, sin, groups, lora, scales, xs, ys)
        for i in range(len(xs)):
          start = self.change(self.at(l) + i, w, p, m, v, s, xs[i], ys[i], e, no_ids, h, scale, noise, room, start)
    return self.told(loss, finite)
  def step(self: __torch__.Decoder, p: List[Tensor], m: List[Tensor], v: List[Tensor], s: Tensor, b: List[Tensor], soft: Tensor, hyper: Tensor, gradients: Tensor, t: List[Tensor]) -> Tensor:
    return self.update(p, p, m, v, s, b, soft, hyper, hyper, gradients, t)
  def step_mixed(self: __torch__.Decoder, w: List[Tensor], p: List[Tensor], m: List[Tensor], v: List[Tensor], s: Tensor, b: List[Tensor], soft: Tensor, hyper: Tensor, gradients: Tensor, t: List[Tensor]) -> Tensor:
    # weights in bfloat16 w, updated in their float32 masters p
    return self.update(w, p, m, v, s, b, soft, hyper, hyper, gradients, t)
  def step_rounded(self: __torch__.Decoder, p: List[Tensor], m: List[Tensor], v: List[Tensor], s: Tensor, b: List[Tensor], soft: Tensor, hyper: Tensor, noise: Tensor, t: List[Tensor]) -> Tensor:
    # weights in bfloat16 without masters; touched rows of an embedding stand in p in float32
    w = annotate(List[Tensor], [])
    for x in p:
      w.append(torch.to(x, ops.prim.dtype(p[1])))
    return self.update(w, p, m, v, s, b, soft, hyper, noise, torch.new_empty(hyper, [0]), t)
  # ---- gradients of a few tensors beside frozen weights ----
  def gradients(self: __torch__.Decoder, loss: Tensor, p: List[Tensor]) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for g in torch.grad([loss], p):
      out.append(unchecked_cast(Tensor, g))
    _0 = torch.set_grad_enabled(False)
    return out
  def adamw(self: __torch__.Decoder, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], s: Tensor, hyper: Tensor, loss: Tensor) -> Tensor:
    # in place, or not at all; hyper: rate, beta1, beta2, epsilon, decay, clip. Returns the loss to tell.
    # The lists must be arguments: TorchScript takes a write to a list literal for dead code.
    h = annotate(List[float], hyper.tolist())
    norms = annotate(List[Tensor], [])
    for t in g:
      norms.append(torch.linalg_vector_norm(t, 2))
    total = torch.linalg_vector_norm(torch.stack(norms, 0), 2)
    scale = torch.clamp(torch.div(torch.add(total, 1e-06), h[5]), 1.)
    finite = self.finite(loss, scale)
    _0 = torch.add_(s, finite)
    if bool(finite):
      steps = annotate(List[Tensor], [])
      for t in p:
        steps.append(s)
      torch._fused_adamw_(p, g, m, v, annotate(List[Tensor], []), steps, lr=h[0], beta1=h[1], beta2=h[2], weight_decay=h[4], eps=h[3], amsgrad=False, maximize=False, grad_scale=scale, found_inf=None)
    return self.told(loss, finite)
  def step_lora(self: __torch__.Decoder, w: List[Tensor], p: List[Tensor], m: List[Tensor], v: List[Tensor], s: Tensor, b: List[Tensor], soft: Tensor, hyper: Tensor, t: List[Tensor]) -> Tensor:
    # an adapter p beside frozen weights w
    _0 = torch.set_grad_enabled(True)
    u = self.leaves(p)
    loss = self.loss(torch.add(w, u), b, soft, t, annotate(List[Tensor], []))
    return self.adamw(p, self.gradients(loss, u), m, v, s, hyper, loss)
  def step_soft(self: __torch__.Decoder, w: List[Tensor], p: List[Tensor], m: List[Tensor], v: List[Tensor], s: Tensor, b: List[Tensor], hyper: Tensor, t: List[Tensor]) -> Tensor:
    # soft prompt p [n, H] alone, weights w frozen
    _0 = torch.set_grad_enabled(True)
    u = self.leaves(p)
    loss = self.loss(w, b, u[0], t, annotate(List[Tensor], []))
    return self.adamw(p, self.gradients(loss, u), m, v, s, hyper, loss)
  def slopes(self: __torch__.Decoder, p: List[Tensor], b: List[Tensor], soft: Tensor, t: List[Tensor]) -> List[Tensor]:
    # gradient of the loss with respect to the weights, or to the soft prompt where there is one; for tests
    _0 = torch.set_grad_enabled(True)
    if b[6].size(0) > 0:
      u = self.leaves([soft])
      g = self.gradients(self.loss(p, b, u[0], t, annotate(List[Tensor], [])), u)
    else:
      u0 = self.vectors(p)
      tape = [soft]
      x = annotate(List[Tensor], [])
      y = annotate(List[Tensor], [])
      e = self.backward(self.loss(u0, b, soft, t, tape), u0, b, tape, torch.new_empty(p[0], [0]), x, y)
      room = self.room(e, y[1])
      g = annotate(List[Tensor], [])
      ids = b[0]
      for i in range(len(p)):
        parts = annotate(List[Tensor], [])
        for j in range(self.pieces(p[i])):
          parts.append(torch.clone(self.slope(p[i], j, x[i], y[i], e, ids, room)))
        g.append(torch.cat(parts, 0))
        ids = torch.new_empty(ids, [0])
    return g
  def restore(self: __torch__.Decoder, w: List[Tensor], to: List[Tensor], quantile: Tensor) -> Tensor:
    # in place: entries of a tensor become those of to where their distance is at or above the quantile of all distances.
    # The next distance above the quantile gives the same set, and needs no sort as torch.quantile does, nor its limit.
    q = float(quantile)
    for i in range(len(w)):
      distance = torch.flatten(torch.abs(torch.to(w[i], 6) - torch.to(to[i], 6)))
      k = int(torch.ceil(torch.mul(torch.sub(torch.numel(distance), 1), q))) + 1
      least, place = torch.kthvalue(distance, k, 0, False)
      far = torch.ge(distance, least).view(torch.size(w[i]))
      _0 = torch.copy_(w[i], torch.where(far, torch.to(to[i], ops.prim.dtype(w[i])), w[i]))
    return quantile
  # ---- generation ----
  def prefix(self: __torch__.Decoder, w: List[Tensor], b: List[Tensor], soft: Tensor) -> List[Tensor]:
    # keys and values [P, kv_heads, D] of the one sequence of the batch: those of layer l at 2 l and 2 l + 1
    _0 = torch.set_grad_enabled(False)
    tape = annotate(List[Tensor], [])
    x, cos, sin, groups, lora, scales = self.start(w, b, soft, tape)
    out = annotate(List[Tensor], [])
    for l in range(self.layers):
      x, k, v = self.layer(x, w, l, b[1], cos, sin, groups, annotate(List[Tensor], []), lora, scales, tape)
      out.append(k)
      out.append(v)
    return out
  def glance(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, hidden: Tensor) -> Tensor:
    # attention of one token of each sequence: q [B, heads, D], k v [B, kv_heads, n, D], hidden [B, n] -> [B, heads D].
    # On a CPU plain products of whole caches are two to three times as fast as the flash kernel; a slice would be copied.
    B = q.size(0)
    ql = q.view([B, self.kv_heads, -1, self.head_size])
    unseen = torch.unsqueeze(torch.unsqueeze(hidden, 1), 1)
    if ops.prim.is_cuda(q):
      o = torch.scaled_dot_product_attention(ql, k, v, torch.logical_not(unseen), 0., False)
    else:
      s = torch.matmul(torch.mul(ql, torch.pow(float(self.head_size), -0.5)), k.transpose(2, 3))
      o = torch.matmul(torch.softmax(torch.masked_fill(s, unseen, -inf), 3, None), v)
    return o.reshape([B, self.heads * self.head_size])
  def padded(self: __torch__.Decoder, c: Tensor, groups: List[List[int]], B: int, end: int, columns: int, before: List[Tensor]) -> Tensor:
    # keys or values c [N, kv_heads, D] as [B, kv_heads, columns, D], left-padded: every sequence ends before column end, and in
    # front of it stands a prefix [P, kv_heads, D], if there is one
    out = torch.new_zeros(c, [B, self.kv_heads, columns, self.head_size])
    row = 0
    for g in groups:
      rows = out[row:row + g[1]]
      row = row + g[1]
      begin = end - g[2]
      own = torch.narrow(c, 0, g[0], g[1] * g[2]).view([g[1], g[2], self.kv_heads, self.head_size])
      _0 = torch.copy_(rows[:, :, begin:end], own.transpose(1, 2))
      for p in before:
        _1 = torch.copy_(rows[:, :, begin - p.size(0):begin], p.transpose(0, 1))
    return out
  def generate(self: __torch__.Decoder, w: List[Tensor], b: List[Tensor], soft: Tensor, g: List[Tensor], p: List[Tensor]) -> Tensor:
    # Greedy. g: 0 lengths [B]  1 cos  2 sin [positions, D]  3 end tokens [E]
    #         4 (longest prompt, new tokens, padding token, P)
    # p: keys and values of a prefix of P tokens that stands before every prompt, see above; where P is 0 anything.
    # The batch has what follows the prefix alone; lengths are those of whole prompts.
    # The cache is [B, kv_heads, columns, D], left-padded: every prompt ends at column longest, token t of all stands at
    # longest + t. It starts and grows with room for 64 tokens.
    # Returns new tokens [B, n]; after its end token a row holds padding.
    _0 = torch.set_grad_enabled(False)
    plan = annotate(List[int], g[4].tolist())
    longest = plan[0]
    most = plan[1]
    lengths = g[0]
    B = lengths.size(0)
    tape = annotate(List[Tensor], [])
    x, cos, sin, groups, lora, scales = self.start(w, b, soft, tape)
    dtype = ops.prim.dtype(x)
    keys = annotate(List[Tensor], [])
    values = annotate(List[Tensor], [])
    columns = longest + min(64, most - 1)
    for l in range(self.layers):
      before = annotate(List[Tensor], [])
      if plan[3] > 0:
        before = [p[2 * l], p[2 * l + 1]]
      x, k, v = self.layer(x, w, l, b[1], cos, sin, groups, before, lora, scales, tape)
      if most > 1:
        keys.append(self.padded(k, groups, B, longest, columns, before[0:1]))
        values.append(self.padded(v, groups, B, longest, columns, before[1:2]))
    next = self.choose(x, w)
    column = torch.arange(longest + most, dtype=4, layout=None, device=ops.prim.device(x), pin_memory=False)
    padding = torch.lt(torch.unsqueeze(column, 0), torch.unsqueeze(torch.rsub(lengths, longest), 1))
    done = torch.isin(next, g[3])
    out = annotate(List[Tensor], [next])
    t = 0
    going = most > 1 and not bool(torch.all(done))
    few = w
    if going:
      few = self.for_few(w, B)
    while going:
      x1 = torch.embedding(w[0], next)
      place = lengths + t
      cos1 = torch.to(torch.unsqueeze(torch.index_select(g[1], 0, place), 1), dtype)
      sin1 = torch.to(torch.unsqueeze(torch.index_select(g[2], 0, place), 1), dtype)
      end = longest + t + 1
      if end > columns:
        more = min(64, longest + most - columns)
        room = torch.new_zeros(keys[0], [B, self.kv_heads, more, self.head_size])
        for l in range(self.layers):
          keys[l] = torch.cat([keys[l], room], 2)
          values[l] = torch.cat([values[l], room], 2)
        columns = columns + more
      seen = column[0:columns]
      later = torch.logical_or(padding[:, 0:columns], torch.unsqueeze(torch.ge(seen, end), 0))
      for l in range(self.layers):
        q, k, v = self.project(x1, few, l, lora, scales, cos1, sin1, tape)
        _1 = torch.copy_(torch.select(keys[l], 2, end - 1), k)
        _2 = torch.copy_(torch.select(values[l], 2, end - 1), v)
        hidden = later
        if self.windows[l] > 0 and end > self.windows[l]:
          hidden = torch.logical_or(later, torch.unsqueeze(torch.lt(seen, end - self.windows[l]), 0))
        a = self.glance(q, keys[l], values[l], hidden)
        x1 = self.join(x1, a, few, l, lora, scales, tape)
      next = torch.masked_fill(self.choose(x1, few), done, plan[2])
      done = torch.logical_or(done, torch.isin(next, g[3]))
      out.append(next)
      t = t + 1
      going = t + 1 < most and not bool(torch.all(done))
    return torch.stack(out, 1)
  # ---- continuations of many candidates after the same prompts: C candidates, P prompts ----
  def prompts(self: __torch__.Decoder, w: List[Tensor], b: List[Tensor], soft: Tensor, g: List[Tensor]) -> List[Tensor]:
    # g: 0 longest prompt n. Left-padded keys and values [P, kv_heads, n, D] of each layer,
    # and the distribution [P, V] of what follows each prompt.
    _0 = torch.set_grad_enabled(False)
    n = int(g[0])
    tape = annotate(List[Tensor], [])
    x, cos, sin, groups, lora, scales = self.start(w, b, soft, tape)
    P = b[1].size(0)
    out = annotate(List[Tensor], [])
    for l in range(self.layers):
      x, k, v = self.layer(x, w, l, b[1], cos, sin, groups, annotate(List[Tensor], []), lora, scales, tape)
      for c in [k, v]:
        out.append(self.padded(c, groups, P, n, n, annotate(List[Tensor], [])))
    out.append(torch.softmax(self.head(x, w, tape), 1, None))
    return out
  def beside(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, own_k: Tensor, own_v: Tensor, unseen: Tensor) -> Tensor:
    # attention to the prompt and to the candidate's own tokens t: q [P C, heads, D], k v [P, kv_heads, n, D],
    # own [P C, kv_heads, t, D], unseen [P, 1, 1, n] -> [P C, heads D]. A prompt's keys meet all candidates in one product.
    P = k.size(0)
    n = k.size(2)
    C = q.size(0) // P
    G = self.heads // self.kv_heads
    D = self.head_size
    q0 = torch.mul(q, torch.pow(float(D), -0.5))
    qp = torch.reshape(q0.view([P, C, self.kv_heads, G, D]).transpose(1, 2), [P, self.kv_heads, C * G, D])
    qo = q0.view([P * C, self.kv_heads, G, D])
    far = torch.masked_fill(torch.matmul(qp, k.transpose(2, 3)), unseen, -inf)
    far0 = torch.reshape(far.view([P, self.kv_heads, C, G, n]).transpose(1, 2), [P * C, self.kv_heads, G, n])
    near = torch.matmul(qo, own_k.transpose(2, 3))
    s = torch.to(torch.softmax(torch.cat([far0, near], 3), 3, 6), ops.prim.dtype(q))
    sp = torch.reshape(s[:, :, :, 0:n].view([P, C, self.kv_heads, G, n]).transpose(1, 2), [P, self.kv_heads, C * G, n])
    op = torch.matmul(sp, v).view([P, self.kv_heads, C, G, D]).transpose(1, 2)
    oo = torch.matmul(s[:, :, :, n:], own_v)
    return torch.reshape(torch.reshape(op, [P * C, self.kv_heads, G, D]) + oo, [P * C, self.heads * D])
  def second(self: __torch__.Decoder, p: Tensor) -> Tensor:
    # second smallest over the first axis; the only one where there is one
    k = 2
    if p.size(0) < 2:
      k = 1
    return torch.select(torch.topk(p, k, 0, False, True)[0], 0, k - 1)
  def follow(self: __torch__.Decoder, w: List[Tensor], cache: List[Tensor], g: List[Tensor]) -> List[Tensor]:
    # cache: of prompts. g: 0 starts [C, T]  1 lengths of the prompts [P]  2 cos  3 sin [positions, D]
    #        4 tokens never chosen  5 lora slots  6 lora scales  7 (n, steps)
    # Tokens, mean and second smallest probability over the prompts, each [C, T + steps]; what comes after an end token is noise.
    _0 = torch.set_grad_enabled(False)
    plan = annotate(List[int], g[7].tolist())
    n = plan[0]
    lora = annotate(List[int], g[5].tolist())
    scales = annotate(List[float], g[6].tolist())
    tape = annotate(List[Tensor], [])
    starts = g[0]
    C = starts.size(0)
    T = starts.size(1)
    P = g[1].size(0)
    all = T + plan[1]
    dtype = ops.prim.dtype(w[0])
    column = torch.arange(n, dtype=4, layout=None, device=ops.prim.device(starts), pin_memory=False)
    padding = torch.lt(torch.unsqueeze(column, 0), torch.unsqueeze(torch.rsub(g[1], n), 1))
    keys = annotate(List[Tensor], [])
    values = annotate(List[Tensor], [])
    for l in range(self.layers):
      keys.append(torch.new_zeros(cache[0], [P * C, self.kv_heads, all, self.head_size]))
      values.append(torch.new_zeros(cache[0], [P * C, self.kv_heads, all, self.head_size]))
    first = torch.select(starts, 1, 0)
    p0 = cache[2 * self.layers]
    tokens = annotate(List[Tensor], [first])
    means = annotate(List[Tensor], [torch.index_select(torch.mean(p0, [0]), 0, first)])
    lows = annotate(List[Tensor], [torch.index_select(self.second(p0), 0, first)])
    for i in range(all - 1):
      x = torch.embedding(w[0], tokens[i].repeat([P]))
      place = torch.repeat_interleave(g[1] + i, C)
      cos = torch.to(torch.unsqueeze(torch.index_select(g[2], 0, place), 1), dtype)
      sin = torch.to(torch.unsqueeze(torch.index_select(g[3], 0, place), 1), dtype)
      for l in range(self.layers):
        q, k, v = self.project(x, w, l, lora, scales, cos, sin, tape)
        _1 = torch.copy_(torch.select(keys[l], 2, i), k)
        _2 = torch.copy_(torch.select(values[l], 2, i), v)
        unseen = padding
        begin = 0
        if self.windows[l] > 0:
          unseen = torch.logical_or(padding, torch.unsqueeze(torch.le(column, n + i - self.windows[l]), 0))
          if i + 1 > self.windows[l]:
            begin = i + 1 - self.windows[l]
        hidden = torch.unsqueeze(torch.unsqueeze(unseen, 1), 1)
        a = self.beside(q, cache[2 * l], cache[2 * l + 1], keys[l][:, :, begin:i + 1], values[l][:, :, begin:i + 1], hidden)
        x = self.join(x, a, w, l, lora, scales, tape)
      p = torch.softmax(self.head(x, w, tape), 1, None).view([P, C, -1])
      mean = torch.mean(p, [0])
      if i + 1 < T:
        next = torch.select(starts, 1, i + 1)
      else:
        free = torch.index_fill(mean, 1, g[4], -1.)
        next = torch.argmax(torch.scatter(free, 1, torch.stack(tokens, 1), -1.), 1)
      chosen = torch.unsqueeze(next, 1)
      tokens.append(next)
      means.append(torch.squeeze(torch.gather(mean, 1, chosen), 1))
      each = torch.squeeze(torch.gather(p, 2, torch.unsqueeze(chosen, 0).expand([P, C, 1])), 2)
      lows.append(self.second(each))
    return [torch.stack(tokens, 1), torch.stack(means, 1), torch.stack(lows, 1)]
  # ---- weights ----
  def empty(self: __torch__.Decoder, shape: Tensor, dtype: Tensor) -> Tensor:
    size = annotate(List[int], shape.tolist())
    return torch.empty(size, dtype=int(dtype), layout=None, device=ops.prim.device(shape), pin_memory=False)
  def mapped(self: __torch__.Decoder, shape: Tensor, dtype: Tensor, path: Tensor) -> Tensor:
    # the bytes of a file, as a tensor that reads and writes them; path in UTF-8
    size = annotate(List[int], shape.tolist())
    n = 1
    for d in size:
      n = n * d
    name = ""
    for c in annotate(List[int], path.tolist()):
      name = torch.add(name, torch.chr(c))
    return torch.from_file(name, True, n, dtype=int(dtype), layout=None, device=None, pin_memory=False).view(size)
  def slice(self: __torch__.Decoder, x: Tensor, plan: Tensor) -> Tensor:
    # elements begin..end of a tensor, in its own memory; plan: (begin, end)
    d = annotate(List[int], plan.tolist())
    return torch.flatten(x)[d[0]:d[1]]
  def bytes(self: __torch__.Decoder, x: Tensor, plan: Tensor) -> Tensor:
    # elements begin..end of a tensor -> bytes of a file; plan: (dtype in the file, begin, end)
    d = annotate(List[int], plan.tolist())
    return torch.view_copy(torch.to(torch.flatten(x)[d[1]:d[2]], d[0]), 1)
  def grow(self: __torch__.Decoder, p: List[Tensor], table: Tensor, ids: Tensor) -> List[Tensor]:
    # compact rows, first and second moment, with the rows of new tokens added to each
    new = torch.to(torch.index_select(table, 0, ids), 6)
    none = torch.zeros_like(new)
    return [torch.cat([p[0], new], 0), torch.cat([p[1], none], 0), torch.cat([p[2], none], 0)]
  def scatter(self: __torch__.Decoder, table: Tensor, ids: Tensor, rows: Tensor) -> Tensor:
    # in place: compact rows back to where they came from
    return torch.index_copy_(table, 0, ids, torch.to(rows, ops.prim.dtype(table)))
  def zeros(self: __torch__.Decoder, w: List[Tensor], dtype: Tensor) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for t in w:
      out.append(torch.zeros_like(t, dtype=int(dtype)))
    return out
  def move(self: __torch__.Decoder, w: List[Tensor], to: List[Tensor], share: Tensor) -> Tensor:
    # in place: w <- (1 - share) w + share to
    f = float(share)
    for i in range(len(w)):
      if f == 1.:
        _0 = torch.copy_(w[i], to[i])
      else:
        _1 = torch.lerp_(w[i], torch.to(to[i], ops.prim.dtype(w[i])), f)
    return share
  def merge(self: __torch__.Decoder, w: Tensor, a: Tensor, b: Tensor, scale: Tensor) -> Tensor:
    # in place: w <- w + scale B A
    change = torch.mul(torch.matmul(b, a), float(scale))
    return torch.copy_(w, torch.add(torch.to(w, 6), change))
