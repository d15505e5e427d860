"""Labels tell the parameters of the parts of a network apart: "Wax[1]" of layer 1, "Wc[forward]" of one direction.

So all the parameters of a network stand in one dictionary, as training and checking want it. A part of a part has
two labels: "Wax[forward][1]".
"""

from solutions.checks import arrays
from solutions.contract import contract

__all__ = ["labelled", "part"]


@contract(parameters=arrays)
def part(parameters, label):
    """Take the parameters of one part out of those of a network.

    Parameters
    ----------
    parameters : dict of ndarray
        For instance "Wax[1]", "ba[1]", "Wax[2]", "ba[2]", "Wya".
    label : int or str
        The part, for instance 1 or "forward".

    Returns
    -------
    dict of ndarray
        The parameters that carry the label, without it: "Wax", "ba". The arrays are not copied.

    Raises
    ------
    TypeError, ValueError
        If `parameters` is not a dict of arrays.

    Notes
    -----
    Section 12 of the notes writes the layer of a weight in brackets.
    """
    end = f"[{label}]"
    return {name.removesuffix(end): value for name, value in parameters.items() if name.endswith(end)}


@contract(parameters=arrays)
def labelled(parameters, label):
    """Put the label of a part of a network behind the names of parameters, or of gradients.

    Parameters
    ----------
    parameters : dict of ndarray
        For instance "Wax", "ba"; or "dWax", "dba".
    label : int or str
        The part, for instance 1 or "forward".

    Returns
    -------
    dict of ndarray
        The same arrays under "Wax[1]", "ba[1]"; or "dWax[1]", "dba[1]".

    Raises
    ------
    TypeError, ValueError
        If `parameters` is not a dict of arrays.

    Notes
    -----
    Section 12 of the notes writes the layer of a weight in brackets.
    """
    return {f"{name}[{label}]": value for name, value in parameters.items()}
