"""The glossary: sorted, in both languages, with the terms of the notes, and every link leads somewhere."""

import json
import re
from pathlib import Path

import pytest

CHAPTERS = Path(__file__).parents[1] / "chapters"
TEXT = (CHAPTERS / "glossary.md").read_text(encoding="utf-8")
ENTRY = re.compile(r"^((?:\S.*\n)+)  (.+)$", re.MULTILINE)
BODY = TEXT[TEXT.index("```{glossary}\n") + len("```{glossary}\n"):TEXT.rindex("```")]
ENTRIES = [(terms.splitlines(), definition) for terms, definition in ENTRY.findall(BODY)]
EACH = pytest.mark.parametrize(("terms", "definition"), ENTRIES, ids=[terms[0] for terms, _ in ENTRIES])
CHINESE = re.compile(r"[\u4e00-\u9fff]")
OF_THE_NOTES = """
序列模型 语音识别 音乐生成 情感分类 DNA序列分析 机器翻译 视频行为识别
命名实体识别 字典 标准神经网络 循环神经网络 时间步 激活值 激活函数 前向传播
双向循环神经网络 损失函数 梯度下降 反向传播 穿越时间的反向传播 多对多 多对一
一对多 语言模型 训练集 语料库 标记化 新序列采样 概率分布 基于词汇的语言模型
基于字符的语言模型 长期依赖 梯度消失 梯度爆炸 梯度修剪 阈值 门控循环单元 记忆细胞
候选值 更新门 长短期记忆 遗忘门 输出门 偷窥孔连接 双向RNN 深层RNN
"""


def targets():
    """The anchors that any chapter has."""
    for path in CHAPTERS.glob("[0-9][0-9]_*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                yield from re.findall(r"^\(([^()\s]+)\)=", "".join(cell["source"]), re.MULTILINE)


TARGETS = set(targets())


def test_all_entries_were_read_and_no_term_comes_twice():
    assert 60 <= len(ENTRIES) <= 100
    assert len(ENTRIES) == len(BODY.strip().split("\n\n"))
    terms = [term.casefold() for terms, _ in ENTRIES for term in terms]
    assert sorted(set(terms)) == sorted(terms)


def test_the_entries_are_sorted():
    first = [terms[0].casefold() for terms, _ in ENTRIES]
    assert first == sorted(first)


@EACH
def test_an_entry_has_an_english_and_a_chinese_term_in_this_order(terms, definition):
    languages = [bool(CHINESE.search(term)) for term in terms]
    assert languages == sorted(languages)
    assert not languages[0]
    assert languages[-1]


@EACH
def test_an_entry_sends_to_a_passage_that_exists(terms, definition):
    link = re.search(r" \[Chapter \d+\]\((?:#([\w-]+)|(\d\d_\w+\.ipynb))\)\.$", definition)
    assert link, "no link at the end"
    assert link[1] is None or link[1] in TARGETS


@pytest.mark.parametrize("term", OF_THE_NOTES.split())
def test_the_terms_of_the_notes_are_there(term):
    assert term in {term for terms, _ in ENTRIES for term in terms}
