"""The course's reference library: recurrent networks in NumPy, written as the notes write them.

Arrays are (time, feature, example): ``x`` has the shape (T_x, n_x, m), and ``x[t]`` is one time step.
Every function keeps float32 as float32 and float64 as float64, and says what is wrong with its
arguments in one line. Random numbers come from a generator that the caller passes in.

Map of the package
------------------
==================  =====================================================================
`activations`       sigmoid, softmax
`rnn`               the basic network forwards: one cell, a sequence, its parameters
`losses`            cross-entropy for a sigmoid and for a softmax output
`bptt`              backpropagation through time: one cell, a sequence, the output layer
`steps`             what is done for all steps at once: scores, weights, sums
`products`          matrix products that every step takes anew
`gates`             what gated units share: their weights as one block
`gru_simplified`    the GRU with one gate, forwards and backwards
`gru`               the full GRU forwards
`gru_bptt`          the full GRU backwards
`lstm`              the LSTM forwards
`lstm_bptt`         the LSTM backwards
`peephole`          the LSTM with peepholes forwards
`peephole_bptt`     the LSTM with peepholes backwards
`labels`            which part of a network a parameter belongs to
`network`           what a cell and its state are, and the checks of networks
`cells`             units in one shape, to build networks from
`bidirectional`     two units that read from both ends
`deep`              units on top of each other
`deep_step`         one step of such a network, through all layers
`architectures`     many-to-many and many-to-one networks
`generation`        one-to-many networks
`encoder_decoder`   one sequence is read, another one written
`gradients`         numerical and complex-step gradients, the gradient check
`sampling`          temperature, drawing a token and a sequence, words against characters
`streams`           many tokens fast, from any unit
`text`              tokens, vocabulary, one-hot columns, padding
`datasets`          dinosaurs' names, sentences with people's names, a text file of your own
`applications`      kinds of sequence problems, names in a sentence
`data_speech`       spoken words made of tones, and the spectra of a sound
`data_music`        melodies in a key, and their sound
`data_reviews`      reviews with negation
`data_dna`          genomes with genes on both strands
`data_dates`        dates as people write them, in English and Chinese
`data_video`        small films of a moving shape
`data_market`       sentences with words that sound alike
`optimizers`        gradient descent, Adam, clipping by norm
`clipping`          gradients that explode or vanish
`acceptance`        tests as functions: is this candidate right?
`predictions`       what an experiment will show, said before it is run
`training`          a tagger that finds people's names
`memory`            memory that is kept between training steps
`scores`            how good a tagger is, and two baselines
`language_model`    a model of words or characters, and one step of its training
`likelihood`        how likely a language model finds a sentence, and perplexity
`contract`          the decorator that checks arguments, and `checks`, what it may ask
==================  =====================================================================
"""

from solutions.acceptance import accepts_clip_by_norm
from solutions.activations import sigmoid, softmax
from solutions.applications import (
    APPLICATIONS,
    application_kind,
    best_share_without_order,
    extract_entities,
    sequence_kind,
)
from solutions.architectures import (
    many_to_many_backward,
    many_to_many_forward,
    many_to_one_backward,
    many_to_one_forward,
)
from solutions.bidirectional import (
    bidirectional_cell,
    birnn_backward,
    birnn_forward,
    birnn_summary,
    reverse_sequence,
)
from solutions.bptt import output_backward, rnn_backward, rnn_cell_backward
from solutions.cells import GRU, LSTM, PEEPHOLE_LSTM, RNN, SIMPLIFIED_GRU, initialize_network, make_cell
from solutions.clipping import clip_by_value, gradient_norms_through_time, state_gradient_norms
from solutions.data_dates import LANGUAGES, written_dates
from solutions.data_dna import STRANDS, genomes, reverse_complement
from solutions.data_market import SOUND_ALIKE, market_sentences, sound_alikes
from solutions.data_music import KEYS, in_key, melodies, render_melody
from solutions.data_reviews import reviews
from solutions.data_speech import SAMPLE_RATE, SOUNDS, SPOKEN_WORDS, short_time_spectra, tone_sentences, tone_words
from solutions.data_video import MOVEMENTS, moving_shapes
from solutions.datasets import dinosaur_names, load_text, people_sentences
from solutions.deep import count_deep_parameters, deep_cell, deep_rnn_backward, deep_rnn_forward
from solutions.deep_step import deep_rnn_step
from solutions.encoder_decoder import encoder_decoder_backward, encoder_decoder_forward
from solutions.gates import initialize_gates, split_gates, stack_gates, stack_halved_gates
from solutions.generation import likeliest, one_to_many_backward, one_to_many_forward
from solutions.gradients import complex_step_gradients, gradient_check, numerical_gradients
from solutions.gru import gru_cell_forward, gru_forward
from solutions.gru_bptt import gru_backward, gru_cell_backward
from solutions.gru_simplified import (
    gru_backward_simplified,
    gru_cell_backward_simplified,
    gru_cell_forward_simplified,
    gru_forward_simplified,
)
from solutions.labels import labelled, part
from solutions.language_model import (
    character_vocabulary,
    language_model_pairs,
    language_model_step,
    sample_text,
    text_lines,
    train_language_model,
)
from solutions.likelihood import perplexity, sentence_log_probability
from solutions.losses import sequence_loss, softmax_loss
from solutions.lstm import lstm_cell_forward, lstm_forward
from solutions.lstm_bptt import lstm_backward, lstm_cell_backward
from solutions.memory import keep_memory
from solutions.optimizers import adam_step, clip_by_norm, initialize_adam, sgd_step
from solutions.peephole import peephole_lstm_cell_forward, peephole_lstm_forward
from solutions.peephole_bptt import peephole_lstm_backward, peephole_lstm_cell_backward
from solutions.predictions import predict_gradient_flow
from solutions.products import in_parts, product_with, product_with_transpose
from solutions.rnn import (
    count_parameters,
    initialize_parameters,
    rnn_cell_forward,
    rnn_forward,
    stack_parameters,
)
from solutions.sampling import apply_temperature, apply_top_k, compare_levels, sample_sequence, sample_token
from solutions.scores import capitalised_words, most_frequent_labels, tag_scores
from solutions.steps import previous_states, runs_of_steps, scores_backward, scores_of_inputs, side_by_side
from solutions.streams import sample_streams
from solutions.text import (
    EOS,
    UNK,
    build_vocabulary,
    decode,
    encode,
    one_hot,
    pad_batch,
    split_words,
    tokenize,
)
from solutions.training import loss_and_gradients, predict_tags, train_tagger

__all__ = [
    "APPLICATIONS",
    "EOS",
    "GRU",
    "KEYS",
    "LANGUAGES",
    "LSTM",
    "MOVEMENTS",
    "PEEPHOLE_LSTM",
    "RNN",
    "SAMPLE_RATE",
    "SIMPLIFIED_GRU",
    "SOUNDS",
    "SOUND_ALIKE",
    "SPOKEN_WORDS",
    "STRANDS",
    "UNK",
    "accepts_clip_by_norm",
    "adam_step",
    "application_kind",
    "apply_temperature",
    "apply_top_k",
    "best_share_without_order",
    "bidirectional_cell",
    "birnn_backward",
    "birnn_forward",
    "birnn_summary",
    "build_vocabulary",
    "capitalised_words",
    "character_vocabulary",
    "clip_by_norm",
    "clip_by_value",
    "compare_levels",
    "complex_step_gradients",
    "count_deep_parameters",
    "count_parameters",
    "decode",
    "deep_cell",
    "deep_rnn_backward",
    "deep_rnn_forward",
    "deep_rnn_step",
    "dinosaur_names",
    "encode",
    "encoder_decoder_backward",
    "encoder_decoder_forward",
    "extract_entities",
    "genomes",
    "gradient_check",
    "gradient_norms_through_time",
    "gru_backward",
    "gru_backward_simplified",
    "gru_cell_backward",
    "gru_cell_backward_simplified",
    "gru_cell_forward",
    "gru_cell_forward_simplified",
    "gru_forward",
    "gru_forward_simplified",
    "in_key",
    "in_parts",
    "initialize_adam",
    "initialize_gates",
    "initialize_network",
    "initialize_parameters",
    "keep_memory",
    "labelled",
    "language_model_pairs",
    "language_model_step",
    "likeliest",
    "load_text",
    "loss_and_gradients",
    "lstm_backward",
    "lstm_cell_backward",
    "lstm_cell_forward",
    "lstm_forward",
    "make_cell",
    "many_to_many_backward",
    "many_to_many_forward",
    "many_to_one_backward",
    "many_to_one_forward",
    "market_sentences",
    "melodies",
    "most_frequent_labels",
    "moving_shapes",
    "numerical_gradients",
    "one_hot",
    "one_to_many_backward",
    "one_to_many_forward",
    "output_backward",
    "pad_batch",
    "part",
    "peephole_lstm_backward",
    "peephole_lstm_cell_backward",
    "peephole_lstm_cell_forward",
    "peephole_lstm_forward",
    "people_sentences",
    "perplexity",
    "predict_gradient_flow",
    "predict_tags",
    "previous_states",
    "product_with",
    "product_with_transpose",
    "render_melody",
    "reverse_complement",
    "reverse_sequence",
    "reviews",
    "rnn_backward",
    "rnn_cell_backward",
    "rnn_cell_forward",
    "rnn_forward",
    "runs_of_steps",
    "sample_sequence",
    "sample_streams",
    "sample_text",
    "sample_token",
    "scores_backward",
    "scores_of_inputs",
    "sentence_log_probability",
    "sequence_kind",
    "sequence_loss",
    "sgd_step",
    "short_time_spectra",
    "side_by_side",
    "sigmoid",
    "softmax",
    "softmax_loss",
    "sound_alikes",
    "split_gates",
    "split_words",
    "stack_gates",
    "stack_halved_gates",
    "stack_parameters",
    "state_gradient_norms",
    "tag_scores",
    "text_lines",
    "tokenize",
    "tone_sentences",
    "tone_words",
    "train_language_model",
    "train_tagger",
    "written_dates",
]
