"""Pipelines: the files that describe them, their mistakes, and the object that carries them out."""
