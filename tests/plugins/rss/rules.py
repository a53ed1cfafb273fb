"""The rules of RSS 2.0, its Best Practices Profile and the W3C feed validator, as far as our feeds can break them.

``violations(feed)`` gives the names of the rules that a feed breaks; none for one that is fit to print.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

from tests.plugins.rss.html_rules import html_violations

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
GEORSS = "{http://www.georss.org/georss}"
XML = "{http://www.w3.org/XML/1998/namespace}"

ONCE_IN_CHANNEL = frozenset(
    [
        "title",
        "link",
        "description",
        "language",
        "copyright",
        "managingEditor",
        "webMaster",
        "pubDate",
        "lastBuildDate",
        "generator",
        "docs",
        "cloud",
        "ttl",
        "image",
        "rating",
        "textInput",
        "skipHours",
        "skipDays",
    ]
)
ONCE_IN_ITEM = frozenset(
    f"title link description author comments guid pubDate source enclosure {CONTENT}encoded {GEORSS}point".split()
)
IN_CHANNEL = ONCE_IN_CHANNEL | {"item", "category", f"{ATOM}link"}
IN_ITEM = ONCE_IN_ITEM | {"category", f"{DC}creator"}
ATTRIBUTES = {
    "rss": {"version", f"{XML}lang"},
    "item": {f"{XML}lang"},
    "title": {f"{XML}lang"},
    "guid": {"isPermaLink"},
    "category": {"domain"},
    "source": {"url"},
    "enclosure": {"url", "length", "type"},
    f"{ATOM}link": {"rel", "type", "href"},
}
PLAIN = ("title", "link", "category", "guid", "pubDate", "author", f"{DC}creator", "language", "copyright")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_uri = re.compile(r"[a-zA-Z][0-9a-zA-Z+.\-]*:(?://)?(?:[0-9a-zA-Z;/?:@&=+$.\-_!~*'(),#\[\]]|%[0-9A-Fa-f]{2})+")
_date = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"\d{4} \d\d:\d\d:\d\d [+-]\d{4}"
)
_bad_character = re.compile("[\x7f-\x9f\ufdd0-\ufdef\ufffd-\uffff]|[\U0001fffe\U0001ffff\U0010fffe\U0010ffff]")
_plain_element = re.compile(r"<(title|category|link|guid|dc:creator)\b[^>]*>([^<]*)<")
_uuid = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_mail = re.compile(r"[^\s@()]+@[^\s@()]+ \([^()]+\)")
_mime = re.compile(r"[\w.+-]+/[\w.+-]+")
_closers = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"} | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)


def violations(feed: bytes) -> list[str]:
    """The names of the rules that a feed breaks, sorted, each once."""
    return sorted(set(_violations(feed)))


def _violations(feed: bytes) -> Iterator[str]:
    try:
        text = feed.decode("utf-8")
    except UnicodeDecodeError:
        yield "NotUtf8"
        return
    if not text.startswith('<?xml version="1.0" encoding="UTF-8"?>'):
        yield "NoDeclarationAtTheStart"
    if "<!DOCTYPE" in text:
        yield "Doctype"
    if "\r" in text:
        yield "CarriageReturn"
    try:
        root = ET.fromstring(text)
    except (ET.ParseError, ValueError):
        yield "IllFormed"
        return
    if any(_bad_character.search(part) for part in _all_text(root)):
        yield "BadCharacters"
    yield from _attributes(root)
    yield from _root(root)
    yield from _plain_text(root, text)


def _all_text(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        yield from (element.text or "", element.tail or "", *element.attrib.values())


def _attributes(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        if set(element.attrib) - ATTRIBUTES.get(element.tag, set()):
            yield "UnexpectedAttribute"
        if not _is_language(element.get(f"{XML}lang", "en")):
            yield "InvalidXmlLang"


def _root(root: ET.Element) -> Iterator[str]:
    if root.tag != "rss":
        yield "RootIsNotRss"
    if root.get("version") != "2.0":
        yield "WrongVersion"
    if [child.tag for child in root] != ["channel"]:
        yield "NotOneChannel"
    for channel in root[:1]:
        yield from _channel(channel)
        items = channel.findall("item")
        for item in items:
            yield from _item(item)
        yield from _items(channel, items)


def _channel(channel: ET.Element) -> Iterator[str]:
    tags = [child.tag for child in channel]
    yield from _children(tags, IN_CHANNEL, ONCE_IN_CHANNEL)
    for name in ("title", "link", "description"):
        if name not in tags:
            yield f"NoChannel{name.title()}"
        elif not _text(channel, name).strip():
            yield f"BlankChannel{name.title()}"
    if "item" in tags and any(tag != "item" for tag in tags[tags.index("item") :]):
        yield "MisplacedItem"
    if not _is_uri(_text(channel, "link")):
        yield "ChannelLinkIsNoUri"
    if not _is_language(_text(channel, "language") or "en"):
        yield "InvalidLanguage"
    if _text(channel, "language") and "_" in _text(channel, "language"):
        yield "InvalidLanguage"
    for name in ("pubDate", "lastBuildDate"):
        yield from _dates(channel, name)
    yield from _self_link([link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"])
    yield from _rare_channel_elements(channel)


def _self_link(links: list[ET.Element]) -> Iterator[str]:
    if not links:
        yield "NoSelfLink"
    if len(links) > 1:
        yield "SeveralSelfLinks"
    for link in links:
        if not _is_uri(link.get("href", "")):
            yield "SelfLinkIsNoUri"
        if link.get("type") != "application/rss+xml":
            yield "SelfLinkHasWrongType"


def _rare_channel_elements(channel: ET.Element) -> Iterator[str]:
    if channel.find("ttl") is not None and not re.fullmatch(r"[1-9]\d*", _text(channel, "ttl")):
        yield "TtlIsNoPositiveInteger"
    if channel.find("docs") is not None and not _is_uri(_text(channel, "docs")):
        yield "DocsIsNoUri"
    if channel.find("textInput") is not None:
        yield "TextInput"
    for name in ("managingEditor", "webMaster"):
        if channel.find(name) is not None and not _mail.fullmatch(_text(channel, name)):
            yield "ContactIsNoMailAddress"
    hours = [hour.text or "" for hour in channel.findall("skipHours/hour")]
    if not all(hour.isdecimal() and int(hour) < 24 for hour in hours) or len(set(hours)) < len(hours):
        yield "InvalidSkipHours"
    if not set(DAYS).issuperset(day.text or "" for day in channel.findall("skipDays/day")):
        yield "InvalidSkipDays"
    image = channel.find("image")
    if image is not None and not all(_text(image, name) for name in ("url", "title", "link")):
        yield "IncompleteImage"


def _items(channel: ET.Element, items: list[ET.Element]) -> Iterator[str]:
    guids = Counter(_text(item, "guid") for item in items)
    if any(count > 1 for count in guids.values()):
        yield "DuplicateGuid"
    dates = [moment for item in items if (moment := _moment(_text(item, "pubDate"))) is not None]
    if dates != sorted(dates, reverse=True):
        yield "ItemsNotNewestFirst"
    built = _moment(_text(channel, "lastBuildDate"))
    if built is not None and dates and built != max(dates):
        yield "LastBuildDateIsNotTheNewest"


def _item(item: ET.Element) -> Iterator[str]:
    tags = [child.tag for child in item]
    yield from _children(tags, IN_ITEM, ONCE_IN_ITEM)
    if not _text(item, "title").strip() and not _text(item, "description").strip():
        yield "NeitherTitleNorDescription"
    for name in ("title", "category", f"{DC}creator"):
        if any(not (element.text or "").strip() for element in item.findall(name)):
            yield "BlankElement"
    for name in ("link", "comments"):
        if name in tags and not _is_uri(_text(item, name)):
            yield "ItemLinkIsNoUri"
    yield from _dates(item, "pubDate")
    yield from _guid(item.find("guid"))
    yield from _people(item, tags)
    yield from _media(item)
    yield from _content(item, tags)


def _guid(guid: ET.Element | None) -> Iterator[str]:
    if guid is None:
        yield "NoGuid"
        return
    name, permanent = (guid.text or "").strip(), guid.get("isPermaLink", "true")
    if permanent not in ("true", "false"):
        yield "InvalidIsPermaLink"
    if permanent == "true" and not re.match(r"https?://", name):
        yield "PermalinkIsNoWebAddress"
    if len(name) < 9:
        yield "GuidTooShort"
    if name.lower().startswith("urn:uuid:") and not re.fullmatch(
        r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", name
    ):
        yield "InvalidUuid"


def _people(item: ET.Element, tags: list[str]) -> Iterator[str]:
    if "author" in tags and not _mail.fullmatch(_text(item, "author")):
        yield "AuthorIsNoMailAddress"
    if "author" in tags and f"{DC}creator" in tags:
        yield "AuthorAndCreator"


def _media(item: ET.Element) -> Iterator[str]:
    for enclosure in item.findall("enclosure"):
        length, kind = enclosure.get("length", ""), enclosure.get("type", "")
        if not (_is_uri(enclosure.get("url", "")) and length.isdecimal() and _mime.fullmatch(kind)):
            yield "InvalidEnclosure"
    for source in item.findall("source"):
        if not _is_uri(source.get("url", "")):
            yield "SourceWithoutUrl"
    point = _text(item, f"{GEORSS}point")
    if item.find(f"{GEORSS}point") is not None and not _is_point(point):
        yield "InvalidPoint"


def _content(item: ET.Element, tags: list[str]) -> Iterator[str]:
    content = f"{CONTENT}encoded"
    if content in tags:
        if "description" not in tags:
            yield "ContentWithoutDescription"
        elif tags.index(content) < tags.index("description"):
            yield "ContentBeforeDescription"
        html = _text(item, content)
        if not re.match(r'<div dir="(?:ltr|rtl)"(?: lang="[\w-]+")?>', html):
            yield "ContentWithoutDirection"
        if any(_leaves_open(block) for block in re.split(r"</?(?:p|div|blockquote)\b[^>]*>", html)):
            yield "OpenBidiControl"
        yield from html_violations(html)
    yield from html_violations(_text(item, "description"))
    if any(_leaves_open(_text(item, name)) for name in ("title", "description")):
        yield "OpenBidiControl"


def _plain_text(root: ET.Element, text: str) -> Iterator[str]:
    for name in PLAIN:
        if any(len(element) for element in root.iter(name)):
            yield "MarkupInPlainText"
    # The channel's description is plain text, an item's is HTML.
    written = _plain_element.findall(text) + re.findall("<(description)>([^<]*)<", text)[:1]
    if any(re.search("&(?!#x)", value) for _, value in written):
        yield "NamedReferenceInPlainText"


def _children(tags: list[str], known: Iterable[str], once: frozenset[str]) -> Iterator[str]:
    if set(tags) - set(known):
        yield "UnknownElement"
    if any(count > 1 and tag in once for tag, count in Counter(tags).items()):
        yield "DuplicateElement"


def _dates(parent: ET.Element, name: str) -> Iterator[str]:
    if parent.find(name) is None:
        return
    text = _text(parent, name)
    moment = _moment(text)
    if moment is None:
        yield "InvalidDate"
        return
    if DAYS[moment.weekday()][:3] != text[:3]:
        yield "WrongWeekday"
    if moment.year < 1990:
        yield "ImplausibleDate"
    if not text.endswith("+0000"):
        yield "DateIsNotUtc"


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text) if _date.fullmatch(text) else None
    except ValueError:
        return None


def _text(parent: ET.Element, name: str) -> str:
    return parent.findtext(name) or ""


def _is_uri(text: str) -> bool:
    return _uri.fullmatch(text) is not None


def _is_language(tag: str) -> bool:
    # Two letters, or three where ISO 639-2 has no two: those that news here can meet.
    language = tag.split("-")[0].lower()
    return (len(language) == 2 and language.isalpha()) or language in {"ast", "haw", "syr", "zza"}


def _is_point(text: str) -> bool:
    parts = re.fullmatch(r"(-?\d+\.\d+) (-?\d+\.\d+)", text)
    return parts is not None and abs(float(parts[1])) <= 90 and abs(float(parts[2])) <= 180


def _leaves_open(text: str) -> bool:
    stack: list[str] = []
    for character in text:
        if character in _closers:
            stack.append(_closers[character])
        elif character == "\u202c" and stack[-1:] == ["\u202c"]:
            stack.pop()
        elif character == "\u2069" and "\u2069" in stack:
            while stack.pop() != "\u2069":
                pass
    return bool(stack)
