"""Verbs and nouns of saying, thinking, naming and blaming, by every form they take."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.reading.cues.lexicon import wordset

SAY = wordset("""
    say tell add state declare announce argue claim insist warn deny note stress emphasise emphasize
    explain reply respond answer ask remark comment observe write tweet post admit acknowledge
    concede confirm assert contend maintain suggest predict recall reiterate repeat promise pledge
    vow swear threaten complain joke quip shout whisper exclaim boast caution conclude continue
    counter demand urge plead protest propose point reveal disclose report retort signal speculate
    testify allege affirm agree advise clarify echo elaborate hint inform interject lament mention
    object opine proclaim pronounce recount reflect reason remind rejoin scoff snap sneer specify
    stipulate underline underscore wonder fume intone muse thunder reassure assure notify read quote
    forecast imply inquire profess put reckon relate trumpet decree preach grumble chide deadpan
    verify determine establish rule instruct order request appeal gloat mutter murmur sigh
    inquire enquire summarise summarize estimate calculate publish broadcast rebut refute dispute
    accept guarantee
""")
FREE = wordset("""
    say tell claim insist argue think believe hope fear suspect feel reckon admit warn
    predict add note assert contend allege concede acknowledge conclude stress suggest know deny
    estimate complain write swear vow promise assume guess explain
""")
"""Verbs whose clause may stand without `that`."""
THINK = wordset("""
    believe think hope fear suspect feel know expect assume doubt understand realise realize
    recognise recognize worry imagine anticipate judge find assess consider guess fret calculate
    see hold envisage foresee
""")
CALL = wordset("""
    call describe refer dub label brand term characterise characterize portray denounce condemn
    hail praise dismiss slam blast deride decry deem regard view consider depict paint criticise
    criticize lambast lambaste tout style reject laud mock cite treat welcome invoke see
""")
"""Verbs that name a thing; `as` before what they name it, or nothing."""
BLAME = wordset("accuse blame fault")
DENY = wordset("deny reject dismiss dispute refute rebut doubt")
FEELINGS = wordset("""
    convinced confident certain sure adamant worried afraid concerned aware hopeful optimistic
    pessimistic sceptical skeptical positive satisfied clear
""")
NOUNS = wordset("""
    claim claims statement statements belief view opinion argument assertion assertions warning
    warnings declaration declarations conclusion announcement insistence suggestion suggestions
    allegation allegations accusation accusations contention remark remarks comment comments
    admission denial denials prediction predictions assessment estimate promise promises pledge
    pledges vow fear fears hope hopes conviction complaint complaints report reports assurance
    assurances position thesis notion idea impression reminder threat threats revelation
    acknowledgement acknowledgment judgement judgment concern concerns suspicion suspicions
    expectation expectations message signal rumour rumours rumor rumors
""")
MAKE = wordset("""
    make makes made making issue issued issues repeat repeated repeats reiterate reiterated voice
    voiced voices express expressed expresses renew renewed share shared shares hold held holds have
    has had reach reached came drew give gave gives defend defended raised raise echoed echo
""")
REFUSE = wordset("""
    reject rejects rejected rejecting deny denies denied denying dismiss dismisses dismissed
    dismissing dispute disputes disputed refute refutes refuted rebuffed rebuff ridiculed
""")
IRREGULAR = {
    "say": "said", "tell": "told", "write": "wrote written", "swear": "swore sworn",
    "think": "thought", "feel": "felt", "know": "knew known", "understand": "understood",
    "find": "found", "see": "saw seen", "hold": "held", "put": "put", "read": "read",
    "broadcast": "broadcast", "forecast": "forecast", "foresee": "foresaw foreseen",
}  # fmt: skip
DOUBLED = wordset("plan quip snap admit refer dub chat pin slam")


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of a verb of attribution."""

    lemma: str
    says: bool
    thinks: bool
    calls: bool
    blames: bool
    free: bool
    past: bool
    participle: bool
    """The form in -ing."""
    plural: bool
    """A form in -s may be a noun's."""


def _forms(lemma: str) -> dict[str, str]:
    """Each form of a verb and which it is: base, s, ing, past."""
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    if lemma in DOUBLED:
        stem += lemma[-1]
    ending = lemma.endswith(("s", "sh", "ch", "x", "z"))
    yes = lemma.endswith("y") and lemma[-2] not in "aeiou"
    out = {lemma: "base"}
    out[lemma[:-1] + "ies" if yes else lemma + ("es" if ending else "s")] = "s"
    out[(lemma if lemma.endswith("ee") else stem) + "ing"] = "ing"
    for past in IRREGULAR.get(lemma, lemma[:-1] + "ied" if yes else stem + "ed").split():
        out[past] = "past"
    return out


def _verbs() -> dict[str, Verb]:
    out: dict[str, Verb] = {}
    for lemma in sorted(SAY | THINK | CALL | BLAME):
        for form, kind in _forms(lemma).items():
            out[form] = Verb(
                lemma=lemma, says=lemma in SAY, thinks=lemma in THINK, calls=lemma in CALL,
                blames=lemma in BLAME, free=lemma in FREE, past=kind == "past",
                participle=kind == "ing", plural=kind in ("s", "base"),
            )  # fmt: skip
    return out


VERBS = _verbs()
"""Form → verb."""
