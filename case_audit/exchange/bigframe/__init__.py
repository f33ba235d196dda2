"""Frames in Parquet or CSV files, of any size: drawn from where they lie."""
