"""Turn measured times into tables, and into the picture for README and book."""

import json
import statistics

from bench import work

HEAD = """# Speed

Made by `make bench`; see `bench/`.

{machine}.

One *training step* is forward propagation, loss, and backpropagation through time to all parameters and to the input,
with a softmax output of the size of the input. Each contender runs in a process of its own; they take turns. Times are
the best of all calls{clock}; a ratio is the quotient of two best times, and in brackets the median of the ratios of
the turns: below 1, this library is faster. All processes, PyTorch's too, keep the memory of dropped arrays
(`solutions.keep_memory`).

- **PyTorch**: `torch.nn.RNN`, `GRU`, `LSTM` with a linear layer and `cross_entropy`.
- **step by step**: one cell after the other with a product for each gate, as course notebooks write it.
- **products**: the matrix products of the step alone, each as a whole, nothing between them.
"""


def best(turns):
    """Return the shortest time of all turns."""
    return min(min(times) for times in turns)


def ratio(times, other):
    """Write how many times as long we took as another contender: of the best times, and the median of turns."""
    if other not in times:
        return "–"
    turns = [min(ours) / min(theirs) for ours, theirs in zip(times["here"], times[other], strict=True)]
    return f"{best(times['here']) / best(times[other]):.2f} ({statistics.median(turns):.2f})"


def sizes(job):
    """Write the sizes of a training job."""
    return ", ".join(map(str, job[2]))


def training_table(results):
    """Write the table of training steps."""
    lines = ["| unit | T, m, n_x, n_a | dtype | here, ms | / PyTorch | / step by step | / products |",
             "| --- | --- | --- | ---: | ---: | ---: | ---: |"]
    for result in results:
        times, (_, kind, _, dtype) = result["times"], result["job"]
        ratios = " | ".join(ratio(times, other) for other in ("pytorch", "step_by_step", "products"))
        lines.append(f"| {kind} | {sizes(result['job'])} | {dtype} | {1000 * best(times['here']):.3g} | {ratios} |")
    return "\n".join(lines)


def sampling_table(results):
    """Write the table of sampling, in characters a second."""
    lines = ["| unit | sequences at once | dtype | here | PyTorch | step by step |",
             "| --- | ---: | --- | ---: | ---: | ---: |"]
    for result in results:
        times, (_, kind, dtype, n_steps, width) = result["times"], result["job"]
        speeds = [f"{n_steps * width / best(times[name]):,.0f}" if name in times else "–"
                  for name in ("here", "pytorch", "step_by_step")]
        lines.append(f"| {kind} | {width} | {dtype} | {' | '.join(speeds)} |")
    return "\n".join(lines)


def checking_table(results):
    """Write the table of gradient checks."""
    lines = ["| way | ms | relative difference from backpropagation |", "| --- | ---: | ---: |"]
    for result in results:
        lines.append(f"| {result['job'][1]} | {1000 * best(result['times']['gradient_check']):.3g} | "
                     f"{result['value']:.1e} |")
    return "\n".join(lines)


def of_function(results, name):
    """Choose the results of one kind of job."""
    return [result for result in results if result["job"][0] == name]


def tables(about, results):
    """Write the whole text; `about` says on what machine the results were measured."""
    pytorch = f", PyTorch {about['pytorch']}" if about["pytorch"] else ""
    threads = "one thread" if about["threads"] == 1 else f"{about['threads']} threads"
    clock = ", in processor time" if about["threads"] == 1 else ""
    kernels = f" (OpenBLAS for {about['kernels']})" if about["kernels"] else ""
    machine = (f"{about['processor']}, {about['cores']} cores, {threads}; Python {about['python']}, "
               f"NumPy {about['numpy']}{kernels}{pytorch}")
    parts = [HEAD.format(machine=machine, clock=clock), "## Training step", "",
             training_table(of_function(results, "training_step"))]
    if drawn := of_function(results, "sampling"):
        parts += ["", "## Sampling: characters a second, n_a = 100, 27 characters", "", sampling_table(drawn)]
    if checked := of_function(results, "checking"):
        parts += ["", "## Gradient check of all 180 parameters of an LSTM (10, 10, 3, 5)", "", checking_table(checked)]
    return "\n".join(parts) + "\n"


def picture(results):
    """Draw the time of each training step in float32 as a multiple of PyTorch's."""
    import drawing

    scores = {}
    for result in of_function(results, "training_step"):
        if result["job"][3] == "float32" and "pytorch" in result["times"]:
            label = f"{result['job'][1]} {sizes(result['job']).replace(' ', '')}"
            scores[label] = best(result["times"]["here"]) / best(result["times"]["pytorch"])
    return drawing.score_bars(scores, ("PyTorch", 1.0), xlabel="time of a training step, PyTorch = 1",
                              title="NumPy against PyTorch, one core, float32") if scores else None


def place(job):
    """Give the place of a job in the tables: by section, unit, sizes and dtype."""
    name, what, *rest = job
    kinds = work.KINDS if name != "checking" else work.WAYS
    return ("training_step", "sampling", "checking").index(name), kinds.index(what), rest


class Results:
    """The results of one machine, kept in a file as they come."""

    def __init__(self, folder, about, start_anew=False):
        self.name = "results" if about["threads"] == 1 else f"results_{about['threads']}_threads"
        self.folder, self.about, self.results = folder, about, []
        file = self.file(".json")
        if not start_anew and file.exists():
            kept = json.loads(file.read_text(encoding="utf-8"))
            self.results = kept["results"] if kept["machine"] == about else []

    def file(self, ending):
        """Name a file of the report."""
        return self.folder / f"{self.name}{ending}"

    def add(self, result):
        """Keep a result, in place of one of the same job."""
        result = json.loads(json.dumps(result))
        jobs = [kept["job"] for kept in self.results]
        if result["job"] in jobs:
            self.results[jobs.index(result["job"])] = result
        else:
            self.results.append(result)
        found = {"machine": self.about, "results": self.results}
        self.file(".json").write_text(json.dumps(found), encoding="utf-8")

    def write_report(self):
        """Write the tables, and for one thread the picture."""
        self.results.sort(key=lambda result: place(result["job"]))
        self.file(".md").write_text(tables(self.about, self.results), encoding="utf-8")
        print(f"written: bench/{self.name}.md")
        if self.about["threads"] == 1 and (drawn := picture(self.results)):
            self.file(".png").write_bytes(drawn.png())
            print(f"written: bench/{self.name}.png")
