"""Measure the speed of the library: ``make bench``, or ``python -m bench --help``.

Four contenders run the same work, each in a process of its own, taking turns:

==================  ==================================================================================
`here`              the functions of `solutions`
`pytorch`           torch.nn.RNN, GRU, LSTM with a linear layer and cross_entropy; its cells for sampling
`step_by_step`      the same mathematics as course notebooks write it: a loop over cells, a product for each gate
`products`          the matrix products alone, with nothing between them: what no NumPy program can undercut
==================  ==================================================================================

`work` says what is measured, `worker` is the process of one contender, `report` writes the table and the picture.
"""
