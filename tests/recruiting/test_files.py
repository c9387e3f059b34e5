"""Uploads: a corpus of good and bad files; sealed on disk; given out only as attachments after the check."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from guiyan.kernel.errors import NotFound
from guiyan.platform.files import FileRefused, judge, open_file
from guiyan.platform.models import EventRow, StoredFile
from guiyan.platform.testkit.people import acting, make_person
from guiyan.platform.testkit.web import signed_in
from guiyan.recruiting import commands
from guiyan.recruiting.engine.resume_text import docx_text, html_text, pdf_pages
from guiyan.recruiting.models import Resume
from tests.recruiting.story import PDF, people_of_the_story

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001000500"
    "0d0a2db40000000049454e44ae426082"
)
JPG = b"\xff\xd8\xff\xe0" + b"\x00" * 40 + b"\xff\xd9"
BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'


def docx(body: str = "", **members: bytes) -> bytes:
    """A word-processing package."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("[Content_Types].xml", members.pop("types", b"<Types/>"))
        package.writestr("word/document.xml", BODY % body)
        for name, content in members.items():
            package.writestr(name.replace("__", "/"), content)
    return held.getvalue()


def zipped(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    return held.getvalue()


def huge_png() -> bytes:
    return PNG[:16] + (60_000).to_bytes(4, "big") * 2 + PNG[24:]


GOOD = [
    ("简历.pdf", PDF, "application/pdf"),
    ("简历.DOCX", docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("a.jpg", JPG, "image/jpeg"),
    ("a.jpeg", JPG, "image/jpeg"),
    ("a.png", PNG, "image/png"),
    ("a.html", b"<!doctype html><html><body>hi</body></html>", "text/html"),
    ("a.txt", "张若岚，供应链".encode("gb18030"), "text/plain"),
    ("a.txt", "\ufeff张若岚".encode(), "text/plain"),
]
BAD = [
    ("empty.pdf", b""),
    ("big.txt", b"a" * (20 * 1024 * 1024 + 1)),
    ("no-ending", PDF),
    ("a.exe", b"MZ\x90\x00"),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
    ("a.zip", zipped(x=b"1")),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("a.xlsx", zipped(x=b"1")),
    ("a.php", b"<?php 1;"),
    ("a.pdf.exe", PDF),
    ("exe.pdf", b"MZ\x90\x00" + b"\x00" * 100),
    ("html.pdf", b"<html><script>1</script></html>"),
    ("cut.pdf", PDF[:30]),
    ("jpg.pdf", JPG),
    ("svg.png", b"<svg></svg>"),
    ("cut.png", PNG[:40]),
    ("huge.png", huge_png()),
    ("pdf.png", PDF),
    ("html.jpg", b"<html></html>"),
    ("cut.jpg", JPG[:20]),
    ("zip.docx", zipped(x=b"1")),
    ("text.docx", b"hello"),
    ("cut.docx", docx()[:60]),
    ("macro.docx", docx(word__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin")),
    ("macro-type.docx", docx(types=b"<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>")),
    ("path.docx", docx("", **{"..__..__evil.xml": b"x"})),
    ("html.txt", b"<!DOCTYPE html><html></html>"),
    ("svg.txt", b"<svg></svg>"),
    ("xml.txt", b"<?xml version='1.0'?><a/>"),
    ("bytes.txt", bytes(range(256))),
    ("null.txt", b"abc\x00def"),
    ("text.html", b"just words"),
    ("bytes.html", b"<html>\x00\x01\x02</html>"),
    ("pdf.html", PDF),
    ("utf16cut.txt", b"\xff\xfea"),
    (".pdf", b"x"),
    ("a.PDF ", b"x"),
    ("..", PDF),
    ("a.js", b"alert(1)"),
    ("a.htaccess", b"x"),
]


@pytest.mark.parametrize(("name", "content", "kind"), GOOD)
def test_given_a_good_file_then_its_kind_comes_from_the_content(name, content, kind):
    assert judge(name, content) == kind


@pytest.mark.parametrize(("name", "content"), BAD, ids=[name for name, _ in BAD])
def test_given_a_bad_file_then_refused(name, content):
    with pytest.raises(FileRefused):
        judge(name, content)


def test_given_text_in_paragraphs_and_a_fallback_then_it_is_read_once():
    body = "<w:p><w:r><w:t>张若岚</w:t></w:r></w:p><w:p><w:r><w:t>供应链</w:t><w:tab/><w:t>经理</w:t></w:r></w:p>"
    double = '<x:Fallback xmlns:x="urn:x"><w:p><w:r><w:t>张若岚</w:t></w:r></w:p></x:Fallback>'
    assert docx_text(docx(body + double)) == "张若岚\n供应链 经理"
    bomb = '<!DOCTYPE a [<!ENTITY x "y">]>' + BODY % "<w:p><w:t>&x;</w:t></w:p>"
    assert docx_text(zipped(**{"word/document.xml": bomb.encode()})) == ""
    assert html_text("<style>a{}</style><p>甲</p><script>b()</script><div>乙</div>") == "甲\n乙"
    assert pdf_pages(PDF) == 2


@pytest.fixture
def story(db):
    return people_of_the_story()


@pytest.mark.django_db
def test_given_a_file_then_it_lies_sealed_outside_the_web_root_under_another_name(story, now):
    resume = commands.store_resume(
        actor=acting(story.recruiter),
        candidate_id=story.zhang.pk,
        content=PDF,
        file_name="../../etc/张若岚\u202e.pdf",
        now=now,
    )
    row = StoredFile.objects.get()
    kept = [path for path in Path(settings.FILES_DIR).rglob("*") if path.name == row.seal_id.hex]

    assert (row.name, row.size, resume.pages) == ("张若岚.pdf", len(PDF), 2)
    assert PDF not in kept[0].read_bytes()
    assert kept[0].stat().st_mode & 0o777 == 0o600
    assert open_file(row) == PDF
    assert settings.BASE_DIR / "guiyan" / "static" not in kept[0].parents


@pytest.mark.django_db
def test_given_a_refused_file_then_nothing_is_kept(story, now):
    with pytest.raises(FileRefused):
        commands.store_resume(
            actor=acting(story.recruiter),
            candidate_id=story.zhang.pk,
            content=b"MZ",
            file_name="a.pdf",
            now=now,
        )
    assert not Resume.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_given_the_door_then_an_attachment_for_those_who_may_and_404_for_others(story, now):
    resume = commands.store_resume(
        actor=acting(story.recruiter), candidate_id=story.zhang.pk, content=PDF, file_name="简历.pdf", now=now
    )
    url = f"/candidates/{story.zhang.pk}/resumes/{resume.pk}"

    answer = signed_in(story.boss).get(url)

    assert answer.status_code == 200
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert EventRow.objects.filter(name="recruiting.resume.opened").count() == 1
    assert signed_in(make_person("interviewer")).get(url).status_code == 404
    assert signed_in(make_person("employee")).get(url).status_code == 403
    with pytest.raises(NotFound):
        commands.take_resume_file(
            actor=acting(story.boss), candidate_id=1_000_000, resume_id=resume.pk, now=now
        )
