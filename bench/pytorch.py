"""The contender `pytorch`: its own layers and cells on the CPU."""

import os

import torch

from bench import work

torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))


def training_step(kind, shape, dtype):
    """Return a function that goes forwards, computes the loss and goes backwards, to the input as well."""
    x, _, classes = work.batch(shape, dtype)
    _, m, n_x, n_a = shape
    torch.manual_seed(0)
    layer = getattr(torch.nn, kind)(n_x, n_a).to(getattr(torch, dtype))
    output = torch.nn.Linear(n_a, n_x).to(getattr(torch, dtype))
    x = torch.tensor(x).transpose(1, 2).contiguous().requires_grad_()
    leaves = [x, *layer.parameters(), *output.parameters()]
    classes = torch.tensor(classes).reshape(-1)

    def step():
        for leaf in leaves:
            leaf.grad = None
        a, _ = layer(x)
        logits = output(a).reshape(-1, n_x)
        loss = torch.nn.functional.cross_entropy(logits, classes, reduction="sum") / m
        loss.backward()
        return loss, leaves

    return step


def sampling(kind, dtype, n_steps, width):
    """Return a function that draws `n_steps` characters for each of `width` sequences, without gradients."""
    torch.manual_seed(0)
    n, tensor_type = work.N_CHARACTERS, getattr(torch, dtype)
    cell = getattr(torch.nn, f"{kind}Cell")(n, work.N_STATE).to(tensor_type)
    output = torch.nn.Linear(work.N_STATE, n).to(tensor_type)

    @torch.inference_mode()
    def sample():
        x, state, drawn = torch.zeros(width, n, dtype=tensor_type), None, []
        for _ in range(n_steps):
            state = cell(x, state)
            probabilities = torch.softmax(output(state[0] if kind == "LSTM" else state), dim=1)
            tokens = torch.multinomial(probabilities, 1)
            x = torch.zeros(width, n, dtype=tensor_type).scatter_(1, tokens, 1)
            drawn.append(tokens)
        return torch.cat(drawn, dim=1)

    return sample
