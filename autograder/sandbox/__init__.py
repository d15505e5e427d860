"""Running a stranger's code where it can touch nothing.

============  ================================================================================================
``wire``      messages of plain values between the two sides
``confine``   what a process gives up for ever: limits, Landlock, seccomp
``guest``     the inside: a server that has numpy loaded and forks one process for each submission
``host``      the outside: starts the server, keeps the time, is a subject for the engine
============  ================================================================================================

The guest's files are copied into a folder of their own: ``engine``, ``words``, ``worker``, ``wire``, ``confine`` and
``guest`` alone. Exercises, cases, the library and the gradebook are never in its memory, nor on a disk it can read.
"""
