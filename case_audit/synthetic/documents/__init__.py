"""How each kind of record in an invented case file is written."""
