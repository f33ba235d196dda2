"""The cohorts, each as data; `cohorts` gathers them."""
