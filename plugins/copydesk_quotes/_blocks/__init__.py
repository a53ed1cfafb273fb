"""Paragraphs, headlines and standfirsts as tokens, with their quotation marks paired."""
