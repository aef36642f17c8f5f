"""Words that say much the same in news of alliances: a line is one meaning."""

from __future__ import annotations

SENSES = """
ally alliance allied allies pact coalition partner partnership bloc axis together jointly united
backing back backed support supported supports sponsor sponsors assist carried
help aid assistance supplies supply food medicine drugs relief humanitarian convoy convoys
keep keeping preserve preserving maintain retain remains remain stay staying continue guard
save rescue prop shore propping defend defending protect protection uphold
survive survival alive
blame blames fault accuse accuses responsible complain complaint
doubt doubts doubting question questions questionable unsure uncertain certain
failure fail failed fails unable let
weak feeble frail dysfunctional badly
defeat defeats beaten lose lost losing losses reverse reverses setback setbacks loser
advance advanced forward gain gains gained won win winning ground
casualties killed wounded dead losses inflicting
air airstrike airstrikes aircraft bombing bomb raids sorties warplanes attacks
commander commanders officers leadership
quality good capable able effective effectiveness competence well results proven
troops soldiers fighters forces army military men militia militias militiamen volunteers units
mobilise mobilize mobilizing raise raising recruit recruited
send sent sending deploy deployed dispatch
special elite
president presidency presidential ruler leader assad
resign resigning resignation steps step down go departure leaves
red line lines
declare declared declaration declarations announce announced announced proclaim
business say meddling meddle
committed commit bound pledge pledged vowed promised guaranteed guarantee
legitimate lawful legal
sole only
government regime state institutions bodies system
stability order stable
war conflict fighting fight battlefield battle combat
intervention intervened intervene entered enter campaign step
coordinated joint agreement common shared share share
collapse breaking break breakdown fall apart broke broken part
doorstep edge gates capital
erode eroding eroded wore wear weaken
front lines position positions held
improve improving improved better rise rising
thesis conclusion reading analysis interpretation
assumption proviso condition premise
maintained stands stand holds hold sustained
shrewd clever smart
negotiate negotiations negotiating talks diplomacy diplomatic peace process dealings game politics
flexible flexibility bend yield concede conceded concession give given way
intransigence stubbornness refusal rigid
frustrated frustration vexed vexes annoyed annoys angry
nudging pushing pushed push urge urged press pressing demand demands calls
reject rejects objections objection objects opposes
transition change
truce ceasefire armistice
brokered arranged
interested interest interests care cares aims aim
crucial vital essential fundamental important matters counts weighs pillar indispensable
security safety
choice chose choose optional
lever leverage use
worry fear grounds reason
mired stuck trapped intractable quagmire endless
endgame end outcome ends
misleading mislead misleads astray
differences difference separates divides disagreement nuances shading nuance
salient fore prominent visible
tension tensions strain strained quarrel friction
heightened sharpened worsened growing
mutual dependence depend dependent need needs each
lose poorer losers
opponents opposition enemies adversaries rivals
clients groups proxies
less worse
dependable reliable relied
expect expectation expected
damaging hurt harm costly
aggressively aggressive hard vigour pursue pursued pressing
block blocked blocks keeps
shrug brush brushing shrugs dismiss dismissing
cities towns city town villages
easier easy harder difficult hard
thinkable envision envisage conceivable imagine
impression seemed seem appear appears
distancing edging away distance
response because
spring months
repeatedly again continued repeating once
family dynasty clan
neighbourhood region regional
volunteers recruits
nurtured cultivated built
decades years year
adviser advises advisor
photo photograph picture
backed down given
price prices cost costs costly expensive
oil crude barrels output production quota quotas pump pumping
cut cuts cutting reduce reduced reduction curb curbs
agree agreed agreement deal accord pact
"""
"""Plain groups of our own; a word may stand in several lines."""
