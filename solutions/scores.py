"""How good a tagger is, and how good one is that has learned nothing, or remembers nothing."""

import numpy as np

from solutions.checks import tag_lists, token_lists
from solutions.contract import contract

__all__ = ["capitalised_words", "most_frequent_labels", "tag_scores"]


@contract(sentences=token_lists)
def capitalised_words(sentences):
    """Take every capitalised word for a name: the first baseline of the tagger.

    Parameters
    ----------
    sentences : list of list of str
        The words of each sentence.

    Returns
    -------
    list of list of int
        For each word 1 where its first letter is a capital, else 0.

    Raises
    ------
    TypeError, ValueError
        If `sentences` is not a list of lists of strings.
    """
    return [[int(word[:1].isupper()) for word in sentence] for sentence in sentences]


@contract(new_sentences=token_lists, sentences=token_lists, labels=tag_lists)
def most_frequent_labels(sentences, labels, new_sentences):
    """Give each word the label it mostly has: the second baseline, a tagger without memory.

    Parameters
    ----------
    sentences, labels : list of list of str, list of list of int
        Where the words are counted.
    new_sentences : list of list of str
        The words to be labelled; one that was not counted, or that is as often a name as not,
        gets 0.

    Returns
    -------
    list of list of int
        For each word of `new_sentences` 1 or 0.

    Raises
    ------
    TypeError, ValueError
        If the labels do not fit to the sentences.
    """
    balance = {}
    for sentence, marks in zip(sentences, labels, strict=True):
        for word, mark in zip(sentence, marks, strict=True):
            balance[word] = balance.get(word, 0) + (1 if mark else -1)
    return [[int(balance.get(word, 0) > 0) for word in sentence] for sentence in new_sentences]


@contract(labels=tag_lists, predictions=tag_lists)
def tag_scores(labels, predictions):
    r"""Measure how well the words were labelled.

    .. math::

        \text{precision} = \frac{\text{names found}}{\text{words called a name}}, \qquad
        \text{recall} = \frac{\text{names found}}{\text{names}}, \qquad
        F_1 = \frac{2 \cdot \text{precision} \cdot \text{recall}}{\text{precision} + \text{recall}}

    Parameters
    ----------
    labels, predictions : list of list of int
        For each word of each sentence 1 or 0: what is true, and what was said.

    Returns
    -------
    dict
        "accuracy", the share of words that have the right label; "precision", "recall" and
        "f1", which are 0.0 where nothing was found.

    Raises
    ------
    TypeError, ValueError
        If the two do not hold 0 and 1, as many for each sentence.
    """
    true = np.concatenate(labels)
    said = np.concatenate(predictions)
    found = int(np.sum((true == 1) & (said == 1)))
    precision = found / max(1, int(np.sum(said == 1)))
    recall = found / max(1, int(np.sum(true == 1)))
    return {
        "accuracy": float(np.mean(true == said)),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if found else 0.0,
    }
