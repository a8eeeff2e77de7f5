"""The summary table that recommenders hand in (推荐汇总表, Art. 8): its columns, its words, its version.

Headings and choices are data of the table, always in Chinese, and not words of the program.
"""

from enum import Enum
from typing import Final, NamedTuple

from app.domain.application import BrandCategory, Offering
from app.domain.typed_text import comparable

SHEET_NAME: Final = "01_推荐汇总表"
EXAMPLE_SHEET_NAME: Final = "填写示例"
TEMPLATE_VERSION: Final = 1
VERSION_LABEL: Final = "模板版本"
REQUIRED_MARK: Final = "●"


class Column(Enum):
    """The columns in their order; the value is the heading."""

    NUMBER = "序号"
    RECOMMENDER = "推荐单位"
    OPERATOR = "经营主体名称"
    USCC = "统一社会信用代码"
    OFFERING_NAME = "申报产品(服务)名称"
    CATEGORY = "品牌类别"
    OFFERING = "产品/服务"
    INDUSTRY = "行业代码"
    TRADEMARK = "商标注册号"
    STANDARD = "执行标准编号"
    CONTACT = "联系人"
    PHONE = "电话"
    RANK = "推荐次序"
    REMARK = "备注"

    @property
    def is_required(self) -> bool:
        """Whether a row without it is not taken."""
        return self not in _OPTIONAL


_OPTIONAL: Final = frozenset({Column.CONTACT, Column.PHONE, Column.REMARK})

# The first word of each is what the template offers.
CATEGORY_WORDS: Final = {
    BrandCategory.AGRI: ("农业品牌", "农业", "农产品品牌"),
    BrandCategory.INDUSTRIAL: ("工业品牌", "工业"),
    BrandCategory.SERVICE: ("服务业品牌", "服务业", "服务品牌"),
    BrandCategory.REGIONAL: ("区域品牌", "区域"),
}
OFFERING_WORDS: Final = {Offering.PRODUCT: ("产品",), Offering.SERVICE: ("服务",)}

_HEADINGS: Final = {comparable(column.value): column for column in Column}
_CATEGORIES: Final = {comparable(word): category for category, words in CATEGORY_WORDS.items() for word in words}
_OFFERINGS: Final = {comparable(word): offering for offering, words in OFFERING_WORDS.items() for word in words}


def column_of(heading: str) -> Column | None:
    """The column a heading names, whatever its blanks, brackets and marks for “required”."""
    return _HEADINGS.get(comparable(heading.replace(REQUIRED_MARK, "").replace("*", "")))


def category_of(word: str) -> BrandCategory | None:
    """The brand category a cell names; nothing that is merely similar."""
    return _CATEGORIES.get(comparable(word))


def offering_of(word: str) -> Offering | None:
    """Product or service, as a cell names it."""
    return _OFFERINGS.get(comparable(word))


class ApplicationKey(NamedTuple):
    """What makes two rows the same application: one operator with one product or service."""

    uscc: str
    offering_name: str


def application_key(uscc: str, offering_name: str) -> ApplicationKey:
    """The key of a row or of an application in the record."""
    return ApplicationKey(uscc, comparable(offering_name))
