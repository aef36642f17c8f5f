"""Words that tell who speaks: verbs of writing and saying, offices, what stands beside names."""

from __future__ import annotations

WRITING = frozenset({
    "writes", "wrote", "written", "concludes", "concluded", "argues", "argued", "summarizes",
    "summarises", "summarized", "summarised", "summed", "sums", "observes", "observed", "notes",
    "noted", "explains", "explained", "assesses", "assessed", "analyzes", "analyses", "analyzed",
    "analysed", "comments", "commented", "reports", "reported", "contends", "contended",
    "maintains", "maintained", "posits", "predicts", "predicted", "evaluates", "evaluated",
    "considers", "considered", "reflects", "reflected", "describes", "described", "outlines",
    "outlined", "reviews", "reviewed", "suggests", "suggested", "asks", "asked", "wonders",
    "wondered", "posts", "posted", "blogs", "blogged", "tweets", "tweeted", "reads", "read",
})  # fmt: skip
"""Verbs of people whose text is then given at length."""
SAYING = frozenset({
    "says", "said", "tells", "told", "states", "stated", "adds", "added", "declares", "declared",
    "announces", "announced", "warns", "warned", "insists", "insisted", "replies", "replied",
    "responds", "responded", "claims", "claimed", "stresses", "stressed", "continues", "continued",
    "recalls", "recalled", "admits", "admitted", "puts", "put", "issues", "issued", "releases",
    "released", "publishes", "published", "goes", "went", "believes", "believed", "confirms",
    "confirmed",
})  # fmt: skip
"""Verbs of people whose words are then given, as a rule in a paragraph."""
GIVING = frozenset({"provided", "gave", "gives", "made", "makes", "offered", "offers", "shared"})
GIVEN = frozenset({"statement", "statements", "remarks", "comment", "comments", "speech"})
"""Verbs that count if one of these words stands in the sentence too."""
BESIDE = frozenset({
    "also", "then", "recently", "further", "has", "have", "had", "later", "now", "however", "just",
    "again", "once", "even", "still", "rightly", "simply", "bluntly", "correctly", "himself",
    "herself", "themselves", "itself", "famously", "memorably", "yesterday", "today", "was", "is",
    "been",
})  # fmt: skip
"""Words that may stand between a name and its verb."""
PRONOUNS = frozenset({
    "he", "she", "they", "it",
})  # fmt: skip
TITLES = frozenset({
    "president", "minister", "secretary", "general", "chief", "spokesman", "spokeswoman",
    "spokesperson", "official", "officials", "analyst", "analysts", "diplomat", "diplomats",
    "ambassador", "envoy", "expert", "experts", "scholar", "historian", "journalist",
    "correspondent", "reporter", "columnist", "commentator", "author", "commander", "officer",
    "officers", "ministry", "government", "embassy", "department", "office", "group", "committee",
    "council", "party", "source", "sources", "adviser", "advisor", "director", "professor",
    "researcher", "editor", "king", "prince", "leader", "senator", "agency", "commission",
    "statement", "communiqué", "communique", "report", "letter", "paper", "study",
})  # fmt: skip
OFFICES = frozenset({"representative", "head", "member", "fellow", "chair", "chairman", "founder"})
OF = ("of", "for", "the")
BEFORE_NAMES = frozenset({
    "the", "a", "an", "but", "and", "as", "when", "if", "while", "in", "on", "at", "by", "for",
    "of", "to", "this", "that", "his", "her", "their", "yet", "so", "then", "or", "de", "la",
})  # fmt: skip
HONORIFICS = frozenset({
    "Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Professor", "Sir", "Dame",
})  # fmt: skip
