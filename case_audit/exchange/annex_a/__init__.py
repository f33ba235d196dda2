"""Ofsted's Annex A workbook: eleven lists of children, families and adopters."""
