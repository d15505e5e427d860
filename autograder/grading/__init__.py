"""Grading a class: many submissions, each in the sandbox, nothing lost.

=============  ===================================================================================================
``inbox``      which submissions there are: nbgrader's folders, a folder of notebooks, a zip of Moodle or Canvas
``one``        one submission, in the sandbox of this process: its functions answer, the engine judges outside
``records``    one file for each result, written in one step; what is there and still true is not graded again
``gradebook``  the results in nbgrader's own gradebook
``command``    ``autograder grade``: the arguments, the tables
``batch``      all submissions over all processors, with progress; killed and started again it goes on
=============  ===================================================================================================
"""
