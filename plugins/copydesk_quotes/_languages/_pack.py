"""Language packs: what the engine has to know of a language, as TOML that a native speaker can mend."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from copydesk import UsageError

Order = Literal["SVC", "VSC", "V2C", "CVS", "CSV", "SCV"]
"""How speaker (S), cue verb (V) and content (C) follow one another; V2: the finite verb stands second in its clause."""

Role = Literal["main", "chain", "relay", "passive", "attribute"]


_MARKED = ("marks", "within", "label", "left", "colon")
_WAYS = (*_MARKED, "bare", "clause", "comma", "mood", "infinitive", "self", "gerund", "pointing")


class Cue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that make a speech act of their clause, and what may follow them."""

    forms: tuple[str, ...]
    takes: tuple[str, ...] = ("marks",)
    """How content may stand by the cue: ``marks`` (next to it), ``within`` (marks anywhere later in its clause),
    ``label`` (the same, of one to three words too),
    ``bare`` (any words after it), ``clause`` (words with a verb of their own), ``comma`` (such words after a
    comma), ``mood`` (the same, as an infinitive or in the mood of hearsay), ``infinitive`` (words that begin with one),
    ``gerund`` (words that begin with one of ``gerunds``), ``left`` (words before it without marks), ``colon`` (words
    after a colon), or complementizer groups."""
    role: Role = "main"
    gender: Literal["", "m", "f"] = ""
    number: Literal["", "s", "p"] = ""
    particle: str = ""
    """The separated end of a verb: «mit» of «teilte … mit»."""
    addressee: bool = False
    """The verb may name who is spoken to before the content: «told reporters that»."""
    source: tuple[str, ...] = ()
    """Words between the verb and its speaker: «في» of «جاء في البيان»; for ``relay`` the words before the real
    speaker: «عن» of «نقلت الوكالة عن الوزير قوله»."""
    links: tuple[str, ...] = ()
    """For ``relay``: the words between the real speaker and the content: «قوله», «as saying»."""
    orders: tuple[Order, ...] = ()
    """Instead of the pack's own orders."""
    only_after: tuple[Literal["documents", "pronouns", "roles"], ...] = ()
    """What stands right before the verb, which else is a noun: the report «states»."""
    subject: Literal["", "adjacent", "initial"] = ""
    """Instead of the pack's own: German participles end the clause that their subject opens."""


class According(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A phrase that names a source: «according to», «بحسب»."""

    forms: tuple[str, ...]
    speaker: Literal["after", "before", "relative", "inside", "nobody"] = "after"
    """Where the source stands from the phrase; inside it is a pronoun: «по его словам»;
    «the court heard» has nobody."""
    gender: Literal["", "m", "f"] = ""
    number: Literal["", "s", "p"] = ""
    pronoun: str = ""
    """The pronoun inside, where it is no subject's form: «lui» of «selon lui»."""
    places: tuple[Literal["lead", "trail"], ...] = ("lead", "trail")
    """Before the content, after it, or both."""
    closes: tuple[str, ...] = ()
    """Words that end the source's name: «报道» of «据新华社报道»."""
    not_with: tuple[str, ...] = ()
    """First words of the name, or after its article, that make it no source of speech: «to schedule»."""
    sourced: bool = False
    """Only where the first noun of the name is one of the pack's ``sources``: «nach Angaben der Polizei»."""
    comma: bool = True
    """A comma closes the name where the phrase leads: false for «według policji kierowca …»."""
    only_with: bool = False
    """Only where the name is a head noun, a document, a pronoun or a capitalised name."""


class Pronoun(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pronoun that can speak."""

    forms: tuple[str, ...]
    gender: Literal["", "m", "f", "n"] = ""
    number: Literal["", "s", "p"] = ""
    objects: tuple[str, ...] = ()
    """Its forms behind a preposition: according to «him»."""


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Plain lists of words and phrases, by what they do in a sentence."""

    clause: tuple[str, ...] = ()
    """They open a clause, so a subject starts after them: «that», «which», «because»."""
    relatives: tuple[str, ...] = ()
    """Relative pronouns: after a frame and a comma no content goes on with one."""
    linking: tuple[str, ...] = ()
    """Prepositions inside noun phrases: «of»; content begins with none."""
    conjunctions: tuple[str, ...] = ()
    """They join clauses or nouns: «and», «but»."""
    adversatives: tuple[str, ...] = ()
    """Conjunctions at which content ends when a verb or a comma stands beside them: «but»."""
    verbs: tuple[str, ...] = ()
    """Signs of a finite verb besides the auxiliaries: «*ed»."""
    finite: tuple[str, ...] = ()
    """Signs of a predicate that no noun phrase holds, which make a clause of what takes ``clause``: «di*»."""
    gerunds: tuple[str, ...] = ()
    """Signs of the verb's form that content may begin with: «denied | taking it», «*ing»."""
    infinitives: tuple[str, ...] = ()
    """Signs of an infinitive, with which demanded and promised content begins: «*ть»."""
    stops: tuple[str, ...] = ()
    """They end a noun phrase that stands before them: prepositions, relative pronouns."""
    plain: tuple[str, ...] = ()
    """Words that a pattern such as «ש*», or a listed word inside them («小说»), would match by accident."""
    postpositions: tuple[str, ...] = ()
    """They close an adverbial that a preposition opens: Kurdish «di civînê de»."""
    auxiliaries: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
    """Words and phrases to pass over between speaker, cue and content."""
    determiners: tuple[str, ...] = ()
    blockers: tuple[str, ...] = ()
    """Before a cue they make it no cue: «to» say, «a» report."""
    titles: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    """Nouns that can speak: «minister», «وزارة»."""
    roles: tuple[str, ...] = ()
    """Heads that one person holds, so that «the minister» may mean who has just spoken by name."""
    anyone: tuple[str, ...] = ()
    """Nouns that can mean whoever spoke last without a name: «the woman» after «a nurse»."""
    bodies: tuple[str, ...] = ()
    """Heads that mean any body that spoke by its name: «the organisation»."""
    unnamed: tuple[str, ...] = ()
    """Roles that bring in somebody new when more words follow, where no article shows it: «жительница дома»."""
    plural: tuple[str, ...] = ()
    """Heads and titles in the plural, or their endings: «*ون»; a verb in the singular alone does not mean them."""
    feminine: tuple[str, ...] = ()
    """Heads and titles of feminine gender, or their endings, and determiners: «*ة», «la»."""
    masculine: tuple[str, ...] = ()
    """The same for masculine gender; without this list, all that are not feminine."""
    definite: tuple[str, ...] = ()
    """Determiners that point back at somebody the story knows: «the», «der»."""
    unique: tuple[str, ...] = ()
    """Roles that a scene has one of: «the driver» may be somebody new, unless a driver has been named."""
    firms: tuple[str, ...] = ()
    """Heads for companies, alone and in names: «the company» means the last that spoke by such a name."""
    demonyms: tuple[str, ...] = ()
    """How nouns end that tell where somebody is from and begin with a capital: «ais» of «le Nantais»."""
    documents: tuple[str, ...] = ()
    """Things that speak for somebody: «statement», «بيان»."""
    crowds: tuple[str, ...] = ()
    anaphors: tuple[str, ...] = ()
    """They answer polls; what they say is a figure and no speech: «respondents», «%»."""
    passives: tuple[str, ...] = ()
    """Auxiliaries that turn a verb with an addressee round, so that its subject is told something: «was» told."""
    origins: tuple[str, ...] = ()
    """Prepositions before whoever speaks where no verb says so: «And from Ali: “…”»."""
    legal: tuple[str, ...] = ()
    """Words of laws, contracts and licences; a text with some of them holds no speech unless ``telling`` shows it."""
    telling: tuple[str, ...] = ()
    """Cues that laws and contracts do not use: «said»."""
    norms: tuple[str, ...] = ()
    """Words of rules and conditions, under which nobody has said anything yet: «shall», «if», «any»."""
    addressees: tuple[str, ...] = ()
    """Whom a verb such as «told» may name without a capital: «reporters»."""
    occasions: tuple[str, ...] = ()
    """Where something was said: «interview», «مؤتمر»; a preposition before one belongs to no name."""
    attaching: tuple[str, ...] = ()
    """Stops that may still belong to an office's name before content: «في العراق»."""
    fillers: tuple[str, ...] = ()
    """Impersonal phrases that hold a cue but no speaker: «it is said that»."""
    scare: tuple[str, ...] = ()
    """Before a quoted word they say that it is a term: «so-called»."""
    abbreviations: tuple[str, ...] = ()
    """Without their full stop, which ends no sentence."""
    topics: tuple[str, ...] = ()
    """Particles or ``*suffixes`` that close a speaker before content, whatever subject stands before: «は», «*는»."""
    subjects: tuple[str, ...] = ()
    """Particles or ``*suffixes`` that close a speaker before content: «は», «*는»."""
    finals: tuple[str, ...] = ()
    """Particles or ``*suffixes`` that close content before a cue: «と», «*diğini», «*고»."""
    endings: tuple[str, ...] = ()
    """Letters at the end of reported words that belong to the frame: «고» of «늘었다고»."""
    hearsay: tuple[str, ...] = ()
    """Verb forms that mark a sentence as reported: German «sei», «habe»."""
    resumptive: tuple[str, ...] = ()
    """Verb forms that do so right after reported speech: German «würde», «hätte»."""
    manner: tuple[str, ...] = ()
    """They open a clause that says who said the sentence: «wie» of «wie die Polizei mitteilte»."""
    sources: tuple[str, ...] = ()
    """Nouns that say where words come from: «Angaben», «Bericht»."""


class Pack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One language."""

    language: str
    name: str
    orders: tuple[Order, ...] = ("CVS", "CSV", "SVC")
    """Tried one after the other for each cue."""
    subject: Literal["adjacent", "initial", "clause", "anywhere"] = "adjacent"
    """Where a speaker before the cue stands: next to it, first in the sentence, first in its own clause after a
    comma, or anywhere before it, at a head noun."""
    capital_nouns: bool = False
    """All nouns begin with capitals, which shows where a noun phrase ends: German."""
    spaced: bool = True
    """False where words are written together, as in Chinese."""
    cased: bool = True
    """True where sentences and names begin with capitals."""
    apostrophe: Literal["joins", "ends", "parts"] = "joins"
    """Inside a word: part of it («don't»), the end of a first word («l'|homme»), or a mark («'바다'는»)."""
    inner_marks: str = ""
    """Quotation marks that stand before the last letters of an abbreviation, as the gershayim of צה״ל."""
    marked_ends: str = ""
    """Letters to which a ``'`` after them belongs at a word's end, as to a letter alone: ברקוביץ', כיתה ב'."""
    fold: dict[str, str] = {}
    """Letters to be read as others, character by character."""
    exact: tuple[str, ...] = ()
    """Words that keep their vowel signs: «بيّن» is not «بين»."""
    prefixes: tuple[str, ...] = ()
    """Clitics written with the next word: Arabic «و», Hebrew «ש»; «س-ي» is «س» before «ي» only."""
    noun_prefixes: tuple[str, ...] = ()
    """Prepositions written with the next noun, before no verb: «ل» of «وفقا لوزارة»."""
    articles: tuple[str, ...] = ()
    """Articles and ``*endings`` written with the noun, set aside when names are compared: Arabic «ال»."""
    office_leads: bool = False
    """Stories lead with the speaker's office and name the person in the next sentence."""
    colon: Literal["sentence", "paragraph"] = "sentence"
    """How far content without marks runs after a cue and a colon."""
    comma_opens: bool = False
    """A comma alone may stand between the cue and its content."""
    incise: bool = False
    """A frame may stand between commas inside the marks: «The road, says Majid, is open.»."""
    dialogue: bool = False
    """Dashes may set off speech as marks do: «– The road is open – says Majid. – Come»."""
    fragments: bool = False
    """Marked words inside reported ones are direct quotes of their own besides: «the road is “open”»."""
    given_names: bool = False
    """A person is called by the given name again: «Ratna Wulandari», then «Ratna»."""
    women: tuple[str, ...] = ()
    """Given names of women, beside those that all languages share; one that is also in ``men`` shows no gender."""
    men: tuple[str, ...] = ()
    family_names: bool = False
    """A person is called again by how the name begins, with the title or without: 谷川市長 after 谷川信吾市長."""
    honorifics: tuple[str, ...] = ()
    """Titles of anybody, who may have another one as well: 谷川氏 is 谷川信吾市長."""
    unspeaking: tuple[str, ...] = ()
    """Last letters of nouns that cannot speak, so that a topic in one belongs to what is said: 価格, «실적»."""
    complementizers: dict[str, tuple[str, ...]] = {}
    words: Words = Words()
    pronouns: tuple[Pronoun, ...] = ()
    according: tuple[According, ...] = ()
    cues: tuple[Cue, ...] = ()


def read_pack(path: Path) -> Pack:
    """Read and check one pack. Raises UsageError that names file, key and what is wrong."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}; packs names TOML files, or folders of them") from None
    return parse_pack(data, str(path))


def parse_pack(data: bytes, name: str) -> Pack:
    """Check a pack's TOML text; ``name`` is what errors call it."""
    try:
        pack = msgspec.toml.decode(data.decode("utf-8-sig"), type=Pack)
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: byte {error.start} is no UTF-8; save the pack as UTF-8") from None
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise UsageError(f"{name}: {error}; packs/README.md lists the keys of a language pack") from None
    _check(pack, name)
    return pack


def _check(pack: Pack, name: str) -> None:
    known = {*_WAYS, *pack.complementizers}
    for index, cue in enumerate(pack.cues):
        where = f"{name}: cues[{index}] ({', '.join(cue.forms[:2])})"
        if not cue.forms:
            raise UsageError(f"{where}: forms is empty; name at least one word")
        for what in cue.takes:
            if what not in known:
                raise UsageError(
                    f"{where}: takes {what!r} is no group of [complementizers]; write one of {', '.join(sorted(known))}"
                )
        if cue.role == "relay" and not (cue.source or cue.links):
            raise UsageError(f"{where}: a relay cue needs source or links, the words around the real speaker")
