"""The public sources: what each is, who made it, where it is, on which terms it may be used.

The addresses are those under which the projects and public code that uses them give the files. No
file is part of this package: some projects do not allow it, and all want to be cited by those who
use them.
"""

from __future__ import annotations

from dataclasses import dataclass

from foedus.case.nearest import did_you_mean, quoted
from foedus.record.data.errors import DataError

COW = (
    "free to use with citation; copies are given out by the project alone "
    "(correlatesofwar.org/data-sets)"
)
UCDP = "CC BY 4.0 (ucdp.uu.se/downloads)"
COW_FILES = "https://correlatesofwar.org/wp-content/uploads/"
UCDP_FILES = "https://ucdp.uu.se/downloads/"


@dataclass(frozen=True, slots=True)
class Source:
    """One file of public data.

    ``file`` is its name in the cache; ``sha256`` its sum where that is known from the makers, else
    None, and then the sum of the first download is kept and checked.
    """

    name: str
    title: str
    version: str
    url: str
    file: str
    citation: str
    terms: str
    sha256: str | None = None


_ALL = (
    Source(
        "atop", "Alliance Treaty Obligations and Provisions: alliances and members, 1815-2018",
        "5.1", "https://www.atopdata.org/uploads/6/9/1/3/69134503/atop_5.1__.csv_.zip",
        "atop-5.1.zip",
        "Leeds, Ritter, Mitchell & Long (2002), Alliance Treaty Obligations and Provisions, "
        "1815-1944, International Interactions 28: 237-260",
        "free to use with citation; no licence is stated (atopdata.org)",
    ),
    Source(
        "cow-nmc", "COW National Material Capabilities: states a year, with CINC, 1816-2016",
        "6.0", f"{COW_FILES}NMC_Documentation-6.0.zip", "cow-nmc-6.0.zip",
        "Singer, Bremer & Stuckey (1972), Capability Distribution, Uncertainty, and Major Power "
        "War, 1820-1965, in Russett (ed.), Peace, War, and Numbers",
        COW,
    ),
    Source(
        "cow-alliances", "COW Formal Alliances, 1816-2012", "4.1",
        f"{COW_FILES}version4.1_csv.zip", "cow-alliances-4.1.zip",
        "Gibler (2009), International Military Alliances, 1648-2008, CQ Press",
        f"{COW}; its maintainer asks that no software hand the data on",
    ),
    Source(
        "cow-mid", "COW Militarized Interstate Disputes: disputes and participants, 1816-2014",
        "5.0", f"{COW_FILES}MID-5-Data-and-Supporting-Materials.zip", "cow-mid-5.0.zip",
        "Palmer, McManus, D'Orazio, Kenwick, Karstens, Bloch, Dietrich, Kahn, Ritter & Soules "
        "(2022), The MID5 Dataset, 2011-2014, Conflict Management and Peace Science 39: 470-482",
        COW,
    ),
    Source(
        "cow-wars", "COW Inter-State Wars: participants, 1823-2007", "4.0",
        f"{COW_FILES}Inter-StateWarData_v4.0.csv", "cow-wars-4.0.csv",
        "Sarkees & Wayman (2010), Resort to War: 1816-2007, CQ Press",
        COW,
    ),
    Source(
        "ucdp-acd", "UCDP/PRIO Armed Conflict Dataset: conflicts a year, from 1946", "26.1",
        f"{UCDP_FILES}ucdpprio/ucdp-prio-acd-261-csv.zip", "ucdp-acd-26.1.zip",
        "Gleditsch, Wallensteen, Eriksson, Sollenberg & Strand (2002), Armed Conflict 1946-2001: "
        "A New Dataset, Journal of Peace Research 39: 615-637",
        UCDP,
    ),
    Source(
        "ucdp-brd", "UCDP Battle-Related Deaths: conflict dyads a year, from 1989", "26.1",
        f"{UCDP_FILES}brd/ucdp-brd-dyadic-261-csv.zip", "ucdp-brd-26.1.zip",
        "Davies, Pettersson & Öberg (2022), Organized violence 1989-2021 and drone warfare, "
        "Journal of Peace Research 59: 593-610",
        UCDP,
    ),
    Source(
        "ucdp-esd", "UCDP External Support Dataset: supporters of warring parties, 1975-2017",
        "18.1", f"{UCDP_FILES}extsup/ESD/ucdp-esd-ty-181.zip", "ucdp-esd-18.1.zip",
        "Meier, Karlén, Pettersson & Croicu (2022), External support in armed conflicts: "
        "Introducing the UCDP external support dataset (ESD), 1975-2017, Journal of Peace "
        "Research 60: 545-554",
        UCDP,
    ),
    Source(
        "unga-ideal-points", "UN General Assembly ideal points: states a session, from 1946",
        "June 2024", "https://dataverse.harvard.edu/api/access/datafile/10295878",
        "unga-ideal-points-2024-06.csv",
        "Bailey, Strezhnev & Voeten (2017), Estimating Dynamic State Preferences from United "
        "Nations Voting Data, Journal of Conflict Resolution 61: 430-456",
        "CC0 1.0 (doi.org/10.7910/DVN/LEJUQZ)",
    ),
)  # fmt: skip

SOURCES = {source.name: source for source in _ALL}
"""Every source, by name."""


def source_named(name: str, more: tuple[str, ...] = ()) -> Source:
    """The source of this name; DataError names the nearest, of ``more`` names too, if none is."""
    if name not in SOURCES:
        known = (*SOURCES, *more)
        raise DataError(f"no data are called {quoted(name)}{did_you_mean(name, known)}")
    return SOURCES[name]
