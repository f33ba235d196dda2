"""2. Who was drawn, and why it can be re-derived."""
