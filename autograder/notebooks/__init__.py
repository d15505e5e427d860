"""Notebooks and exercises kept in agreement.

=============  =============================================================================
``files``      reading a notebook (each kind of bad file has its sentence), writing it
``cells``      the text and metadata of stub and check cells, made from an exercise
``sync``       puts both cells of each exercise into a chapter; gives a learner the stub back
``solve``      the solved copy: bodies from ``solutions`` in place of the stubs
``outputs``    runs a chapter and stores what it shows
``audit``      every difference between chapters, exercises and table of contents, one line each
=============  =============================================================================
"""
