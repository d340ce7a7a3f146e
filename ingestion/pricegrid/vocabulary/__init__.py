"""The words of price lists in many languages, from one JSON file a language; a file more adds words without code."""

from ingestion.pricegrid.vocabulary.headers import HeaderMatch, best_match, match_header
from ingestion.pricegrid.vocabulary.normal import normalise, normalise_all
from ingestion.pricegrid.vocabulary.store import Vocabulary, load_vocabulary, use_vocabulary_folders, vocabulary

__all__ = [
    "HeaderMatch",
    "Vocabulary",
    "best_match",
    "load_vocabulary",
    "match_header",
    "normalise",
    "normalise_all",
    "use_vocabulary_folders",
    "vocabulary",
]
