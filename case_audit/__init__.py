"""Draw, grade, moderate and report case audits for children's services.

Read the package from the ground up: :mod:`case_audit.core` is the whole
method without a file, clock or screen; every other package serves it.
"""

__version__ = "0.1.0"
