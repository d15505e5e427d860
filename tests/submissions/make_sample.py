"""Makes the sample submission from chapter 3: a learner's notebook, partly right, with three classic mistakes.

    python tests/submissions/make_sample.py

Run it again when the chapter has changed. `make course` grades the notebook, and a test says what must be found in it.
"""

from pathlib import Path

from autograder.exercises import find
from autograder.notebooks import cells, files

CLONE = Path(__file__).resolve().parents[2]
CHAPTER = CLONE / "chapters" / "03_rnn_model.ipynb"
SAMPLE = Path(__file__).with_name("03_rnn_model.ipynb")

ANSWERS = {
    # The prediction is made from the old state.
    "rnn_cell_forward": """
    Wax, Waa, Wya = parameters["Wax"], parameters["Waa"], parameters["Wya"]

    # the new memory
    z = np.dot(Waa, a_prev) + np.dot(Wax, xt) + parameters["ba"]
    a_next = np.tanh(z)

    # the prediction
    scores = np.dot(Wya, a_prev) + parameters["by"]
    yt_pred = softmax(scores)

    cache = (a_next, a_prev, xt, parameters)
    return a_next, yt_pred, cache""",
    # The state before the first step is taken to be zero, whatever was given.
    "rnn_forward": """
    T_x, n_x, m = x.shape
    n_y, n_a = parameters["Wya"].shape
    a = np.zeros((T_x, n_a, m))
    y_pred = np.zeros((T_x, n_y, m))

    a_next = np.zeros((n_a, m))
    for t in range(T_x):
        a_next, yt_pred, _ = rnn_cell_forward(x[t], a_next, parameters)
        a[t] = a_next
        y_pred[t] = yt_pred

    caches = (a, a0, x, parameters)
    return a, y_pred, caches""",
    # The input's columns stand before the state's.
    "stack_parameters": """
    return np.hstack((parameters["Wax"], parameters["Waa"]))""",
    # This one is right.
    "count_parameters": """
    state = n_a * (n_a + n_x + 1)  # one row for each unit: all it reads, and its bias
    output = n_y * (n_a + 1)
    return state + output""",
}


def main():
    """Write the sample submission."""
    notebook = files.read(CHAPTER)
    for name, answer in ANSWERS.items():
        head, _ = cells.head_and_body(find(name).reference)
        cells.find_stub(notebook, find(name))["source"] = head + answer
    for cell in files.code_cells(notebook):
        cell.update(outputs=[], execution_count=None)
    print(SAMPLE, "written" if files.write(SAMPLE, notebook) else "is as it should be")


if __name__ == "__main__":
    main()
