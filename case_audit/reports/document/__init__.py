"""The self-assessment as a document: what stands in it, whatever it is written as."""
