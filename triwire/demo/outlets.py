"""The ten sites of the demo newsroom, each with the real outlet's host, feeds and manners."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outlet:
    """One edition: `source` names it in the catalogue and its folder of articles, `family` its templates."""

    source: str
    host: str
    name: str
    language: str
    timezone: str
    family: str
    feeds: tuple[str, ...]
    sections: tuple[str, ...] = ("/",)
    has_sitemap: bool = False
    robots: tuple[str, ...] = ("User-agent: *", "Disallow: /search")


HANOI = "Asia/Ho_Chi_Minh"
HAVANA = "America/Havana"
HOME_FEED = ("/rss/home.rss",)
ARCHIVE = "/archivo?page=1&q=&s=0"

OUTLETS = (
    Outlet(
        "vov-en",
        "english.vov.vn",
        "VOV.VN",
        "en",
        HANOI,
        "vov",
        HOME_FEED,
        sections=("/", "/en/politics", "/en/politics/diplomacy"),
        # The e-magazine is in the feed, so a crawler that does not ask first fetches what it may not.
        robots=("User-agent: *", "Disallow: /search/", "Disallow: /en/e-magazine/"),
    ),
    Outlet(
        "vietnamnews",
        "vietnamnews.vn",
        "Viet Nam News",
        "en",
        HANOI,
        "vietnamnews",
        ("/rss/politics-laws.rss", "/rss/society.rss", "/rss/economy.rss", "/rss/world.rss"),
        sections=("/", "/politics-laws", "/society", "/economy", "/world"),
    ),
    Outlet(
        "vietnamplus-vi",
        "www.vietnamplus.vn",
        "Vietnam+ (VietnamPlus)",
        "vi",
        HANOI,
        "zce",
        HOME_FEED,
        has_sitemap=True,
    ),
    Outlet(
        "vietnamplus-en",
        "en.vietnamplus.vn",
        "Vietnam+ (VietnamPlus)",
        "en",
        HANOI,
        "zce",
        HOME_FEED,
        has_sitemap=True,
    ),
    Outlet(
        "vietnamplus-es",
        "es.vietnamplus.vn",
        "Vietnam+ (VietnamPlus)",
        "es",
        HANOI,
        "zce",
        HOME_FEED,
        has_sitemap=True,
    ),
    Outlet("nhandan-vi", "nhandan.vn", "Báo Nhân Dân điện tử", "vi", HANOI, "zce", HOME_FEED, has_sitemap=True),
    Outlet(
        "nhandan-es",
        "es.nhandan.vn",
        "Nhan Dan en línea",
        "es",
        HANOI,
        "zce",
        HOME_FEED,
        has_sitemap=True,
        robots=("User-agent: *", "Crawl-delay: 1", "Disallow: /search"),
    ),
    Outlet("granma-es", "www.granma.cu", "Granma", "es", HAVANA, "granma", ("/feed",), sections=("/", ARCHIVE)),
    Outlet("granma-en", "en.granma.cu", "Granma", "en", HAVANA, "granma", ("/feed",), sections=("/", ARCHIVE)),
    Outlet(
        "prensa-latina",
        "www.prensa-latina.cu",
        "Prensa Latina",
        "es",
        HAVANA,
        "prensa_latina",
        ("/feed/",),
        robots=("User-agent: *", "Disallow: /wp-admin/", "Allow: /wp-admin/admin-ajax.php"),
    ),
)
