"""Running a stranger's code where it can touch nothing.

==============  ==============================================================================================
``values``      plain values as JSON and bytes, and back: what comes in is never believed and never run
``wire``        messages of them between the two sides
``host``        the outside: opens a process for each submission, asks it, keeps the time
``remote``      a submission's function, as a subject of the engine
``helpers``     calls that come out: functions that a submission's function was given
``effects``     what such a call changes in its arguments, on both sides
``keepers``     who keeps the process: a server that forks, or one program for each submission
``walls``       what may be read; bubblewrap
``guest``       the inside: a server that has numpy loaded and forks one process for each submission
``namespaces``  walls of the kernel's own, where bubblewrap is not installed
``confine``     what a process gives up for ever: limits, Landlock, seccomp, root's powers
``calls``       the system calls that are left to it
``notebook``    the namespace of a submission: its cells, its functions
``standins``    modules that may be imported although they are not there
==============  ==============================================================================================

The guest's files are copied into a folder of their own: the half of this package that runs inside, ``words``,
``worker`` and what calls a function, of ``engine``. Exercises, cases, the library and the gradebook are never in its
memory, nor on a disk it can read.
"""
