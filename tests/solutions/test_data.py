"""The data sets of the seven applications: shapes, truth of the labels, and that nothing gives them away."""

import datetime
import itertools

import numpy as np
import pytest

import solutions as s

GENERATORS = [s.tone_words, s.melodies, s.reviews, s.genomes, s.written_dates, s.moving_shapes]


def same(first, second):
    if isinstance(first, np.ndarray):
        return np.array_equal(first, second)
    if isinstance(first, tuple):
        return all(map(same, first, second))
    return first == second


@pytest.mark.parametrize("generate", GENERATORS)
def test_the_same_generator_state_makes_the_same_examples_and_another_state_others(generate):
    first, again, other = (generate(7, np.random.default_rng(seed)) for seed in (5, 5, 6))
    assert same(first, again)
    assert not same(first, other)


@pytest.mark.parametrize("generate", GENERATORS)
def test_labels_are_plain_numbers_and_texts_plain_strings(generate):
    def kinds(value):
        return set().union(*map(kinds, value)) if isinstance(value, list) else {type(value)}
    for part in generate(4, np.random.default_rng(0)):
        assert isinstance(part, np.ndarray) or kinds(part) <= {str, int}


# speech

def test_a_clip_has_a_spectrum_and_a_sound_for_each_frame(rng):
    x, y, words, waves = s.tone_words(5, rng)
    assert (x.shape, x.dtype) == ((48, 24, 5), np.float64)
    assert (y.shape, y.dtype) == ((48, 5), np.int64)
    assert waves.shape == (5, 6272)
    assert np.abs(waves).max() <= 1
    assert np.array_equal(x[:, :, 3], s.short_time_spectra(waves[3]))
    assert len(words) == 5


def test_the_sounds_of_the_frames_spell_the_word(rng):
    _, y, words, _ = s.tone_words(40, rng)
    for labels, word in zip(y.T, words, strict=True):
        changes = labels[np.flatnonzero(np.diff(labels, prepend=0))]
        assert "".join(s.SOUNDS[label] for label in changes if label) == s.SPOKEN_WORDS[word]
        assert labels[0] == labels[-1] == 0


SENTENCES = [["apple", "pear", "salad"], ["red", "pen"], ["idea"]]


def test_a_spoken_sentence_has_a_spectrum_and_a_sound_for_each_frame(rng):
    x, y, waves = s.tone_sentences(SENTENCES, rng)
    n_frames = len(x)
    assert (x.shape, x.dtype) == ((n_frames, 24, 3), np.float64)
    assert (y.shape, y.dtype) == ((n_frames, 3), np.int64)
    assert waves.shape == (3, 128 * (n_frames - 1) + 256)
    assert np.abs(waves).max() <= 1
    assert np.array_equal(x[:, :, 1], s.short_time_spectra(waves[1]))


def test_the_sounds_of_a_sentence_spell_its_words_with_pauses_between(rng):
    _, y, _ = s.tone_sentences(SENTENCES, rng)
    for labels, sentence in zip(y.T, SENTENCES, strict=True):
        runs = "".join(s.SOUNDS[label] for label, _ in itertools.groupby(labels))
        assert runs == "_" + "_".join(s.SPOKEN_WORDS[word] for word in sentence) + "_"


def test_a_voice_speaks_one_sentence_and_is_silent_in_the_pauses(rng):
    _, y, waves = s.tone_sentences([["apple"] * 8], rng)
    loud = waves[0].reshape(-1, 128).std(axis=1)[:len(y)]  # of the first half of each frame
    silent = y[:, 0] == 0
    quiet = silent & np.roll(silent, 1) & np.roll(silent, -1)
    assert loud[quiet].max() < 0.11 < np.median(loud[~silent])


def test_the_same_generator_state_speaks_the_same_sentence():
    first, again, other = (s.tone_sentences(SENTENCES, np.random.default_rng(seed)) for seed in (5, 5, 6))
    assert same(first, again)
    assert not same(first, other)


def test_pear_and_pair_sound_the_same():
    assert s.SPOKEN_WORDS["pear"] == s.SPOKEN_WORDS["pair"]
    assert set("".join(s.SPOKEN_WORDS.values())) == set(s.SOUNDS[1:])


def test_a_pure_tone_is_strongest_in_its_band():
    time = np.arange(2048) / s.SAMPLE_RATE
    edges = np.geomspace(200, 3200, 25)
    for hertz in (300, 1000, 2500):
        spectra = s.short_time_spectra(0.5 * np.sin(2 * np.pi * hertz * time))
        assert spectra.shape == (15, 24)
        band = spectra.mean(axis=0).argmax()
        assert abs(band - (np.searchsorted(edges, hertz) - 1)) <= 1


def test_spectra_of_single_precision_are_of_single_precision():
    assert s.short_time_spectra(np.ones(300, np.float32)).dtype == np.float32


# music

def test_a_melody_lies_in_its_key_fills_four_bars_and_ends_at_home(rng):
    keys, tunes = s.melodies(50, rng)
    for key, notes in zip(keys, tunes, strict=True):
        assert s.in_key(notes, key) == 1
        assert sum(int(note.partition(":")[2]) for note in notes) == 32
        assert notes[-1].partition(":")[0] == s.KEYS[key][0] + "4"
    assert set(keys) == {0, 1, 2, 3}
    assert len({len(notes) for notes in tunes}) > 4


def test_notes_outside_a_key_are_counted_and_what_is_no_note_is_not():
    c_major = s.KEYS.index("C major")
    assert s.in_key(["C4:2", "C#4:2", "B3:4", "F#5:1", "<EOS>"], c_major) == 0.5


def test_a_melody_lasts_as_long_as_its_notes_and_the_a_has_440_hertz():
    wave = s.render_melody(["A4:4", "<EOS>", "A5:4"], 0.25)
    assert wave.shape == (2 * s.SAMPLE_RATE,)
    assert np.abs(wave).max() <= 1
    for second, hertz in ((wave[:8000], 440), (wave[8000:], 880)):
        assert np.abs(np.fft.rfft(second)).argmax() == hertz


# sentiment

def test_a_review_means_what_its_label_says(rng):
    good = {"good", "great", "friendly", "lovely", "wonderful", "fresh", "excellent", "nice"}
    bad = {"bad", "awful", "rude", "terrible", "boring", "cold", "horrible", "sad"}
    denials = {"not", "never", "hardly", "nowhere"}
    for words, label in zip(*s.reviews(400, rng), strict=True):
        last = max(i for i, word in enumerate(words) if word in good | bad)
        clause = words[max((i for i in range(last) if words[i] == "the"), default=0):last]
        assert label == ((words[last] in good) != bool(denials & set(clause)))


def test_good_words_are_about_as_frequent_in_bad_reviews(rng):
    sentences, labels = s.reviews(4000, rng)
    share = [np.mean(["good" in words for words, label in zip(sentences, labels, strict=True) if label == wanted])
             for wanted in (0, 1)]
    assert 0.4 < np.mean(labels) < 0.6
    assert 0.4 < share[0] / share[1] < 1.6


# DNA

def test_genes_begin_with_a_start_and_end_with_the_first_stop_on_their_own_strand(rng):
    found = {1: 0, 2: 0}
    for sequence, labels in zip(*s.genomes(60, rng), strict=True):
        assert len(sequence) == len(labels) == 120
        borders = [0, *(np.flatnonzero(np.diff(labels)) + 1), len(labels)]
        for begin, end in itertools.pairwise(borders):
            strand, gene = labels[begin], sequence[begin:end]
            if strand == 2:
                gene = s.reverse_complement(gene)
            if strand:
                codons = [gene[i:i + 3] for i in range(0, len(gene), 3)]
                assert codons[0] == "ATG"
                assert [codon in ("TAA", "TAG", "TGA") for codon in codons] == [False] * (len(codons) - 1) + [True]
                assert 10 <= len(codons) <= 22
                found[strand] += 1
    assert min(found.values()) > 20


def test_the_other_strand_is_read_backwards_with_the_other_letters():
    assert s.reverse_complement("ATGCCC") == "GGGCAT"
    assert s.reverse_complement(s.reverse_complement("GATTACA")) == "GATTACA"


# dates

@pytest.mark.parametrize("language", s.LANGUAGES)
def test_translations_are_real_dates_of_ten_characters(language, rng):
    written, iso = s.written_dates(300, rng, language)
    assert len(written) == len(iso) == 300
    years = [datetime.date.fromisoformat(date).year for date in iso]
    assert {len(date) for date in iso} == {10}
    assert len({len(date) for date in written}) >= 5
    assert 1980 <= min(years) < 1985
    assert 2035 < max(years) <= 2039


def test_english_dates_can_be_read_back(rng):
    for written, iso in zip(*s.written_dates(300, rng), strict=True):
        words = [word.strip(",") for word in written.split() if word not in ("the", "of")]
        if words[0] in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
            assert datetime.date.fromisoformat(iso).strftime("%A") == words.pop(0)
        month = next(word for word in words if word.isalpha())
        day, year = (int(word.rstrip("stndrh")) for word in words if word != month)
        date = datetime.date(year, 1 + ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                                        "Dec"].index(month[:3]), day)
        assert date.isoformat() == iso


def test_chinese_numbers_are_written_as_one_says_them(rng):
    pairs = dict(zip(*s.written_dates(3000, rng, "Chinese"), strict=True))
    days = {written.partition("月")[2].partition("日")[0] for written in pairs if written.startswith("二〇")}
    assert {"五", "十", "十一", "二十", "二十五", "三十"} <= days
    assert all("零" not in written for written in pairs)


# video

def test_a_film_has_frames_of_eight_by_eight_pixels(rng):
    x, y = s.moving_shapes(9, rng)
    assert (x.shape, x.dtype) == ((12, 64, 9), np.float64)
    assert (y.shape, y.dtype) == ((9,), np.int64)
    assert 0 <= x.min() < x.max() <= 1


def best_steps(frames):
    """For each pair of frames the step (rows, columns) that explains it best."""
    steps = [(row, column) for row in (-1, 0, 1) for column in (-1, 0, 1)]
    errors = [np.abs(frames[1:] - np.roll(frames[:-1], step, axis=(1, 2))).sum(axis=(1, 2)) for step in steps]
    return np.array(steps)[np.argmin(errors, axis=0)]


def test_a_shape_moves_as_its_label_says(rng):
    x, y = s.moving_shapes(60, rng)
    straight = {"left": (0, -1), "right": (0, 1), "up": (-1, 0), "down": (1, 0)}
    for i in range(60):
        steps = best_steps(x[:, :, i].reshape(12, 8, 8))
        # Steps that turn to the right go around clockwise (rows count downwards).
        turn = np.sign(np.sum(steps[:-1, 1] * steps[1:, 0] - steps[:-1, 0] * steps[1:, 1]))
        name = s.MOVEMENTS[y[i]]
        if name in straight:
            assert np.mean(np.all(steps == straight[name], axis=1)) > 0.9
        else:
            assert turn == (1 if name == "clockwise" else -1)


def test_where_a_shape_is_tells_nothing(rng):
    x, y = s.moving_shapes(3000, rng)
    means = np.array([x[:, :, y == movement].mean(axis=(0, 2)) for movement in range(6)])
    assert np.ptp(means, axis=0).max() < 0.06
