"""1. Who could be drawn."""
