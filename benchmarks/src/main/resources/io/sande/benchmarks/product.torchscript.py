class Product(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Product, x: Tensor) -> Tensor:
    return x
  def matrix(self: __torch__.Product, size: Tensor) -> Tensor:
    n = int(size)
    return torch.to(torch.rand([n, n], dtype=6, layout=None, device=None, pin_memory=False), 15)
  def product(self: __torch__.Product, a: Tensor) -> Tensor:
    _0 = torch.set_grad_enabled(False)
    return torch.mm(a, a)
