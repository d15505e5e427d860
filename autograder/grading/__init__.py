"""Grading a class: many submissions, each in the sandbox, nothing lost.

============== ===================================================================================================
``options``    the arguments of ``autograder grade``
``command``    the command: from a folder of submissions to results, gradebook, pages and tables
``ahead``      sandboxes that start while this process still loads what grades
``inbox``      which submissions there are: nbgrader's folders, a folder of notebooks, what Moodle and Canvas give
``archive``    zips of strangers, unpacked within bounds
``batch``      all submissions, with progress; killed and started again it goes on
``crew``       the processes of this machine that grade
``cluster``    the workers of a ``dask.distributed`` scheduler that grade
``one``        one submission, in the sandbox of its process: its functions answer, the engine judges outside
``running``    which cells of a submission are run
``library``    what its functions find in the library
``answers``    what a student wrote for each exercise
``records``    one file for each result, written in one step; what is there and still true is not graded again
``scratch``    temporary folders of which nothing is left
``summary``    a class in numbers
``gradebook``  the results in nbgrader's own gradebook
``autograded`` what nbgrader's formgrader opens
``feedback``   a page for each student
``overview``   a page about the class, with ``charts`` and ``similar`` submissions; ``pages`` is their HTML
``tables``     plain CSV, JSON, and what Moodle and Canvas import
============== ===================================================================================================
"""
