"""The method: pure values and functions, standard library only.

The rooms are in the order the work flows, and each may import only the ones
before it: ``rubric``, ``frame``, ``sample``, ``audit``, ``estimates``,
``selfassessment``.

Nothing here reads a file, the clock, the environment or a random source;
whatever is needed comes in as an argument.
"""
