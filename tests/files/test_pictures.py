"""Pictures that people send: read or refused with a reason, and nothing but their pixels is kept."""

import io
import random
import zlib
from contextlib import suppress

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from survey_app.domain.announcement import Logo
from survey_app.domain.errors import InvalidRecord
from survey_app.files.pictures import LARGEST_BYTES, read_logo
from survey_app.files.qr import _chunk


def draw(kind: str = "png", size: tuple[int, int] = (120, 60), mode: str = "RGB", **options: object) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, 100 if mode in "LP1" else None).save(written, kind, **options)
    return written.getvalue()


def reason(content: bytes) -> str:
    with pytest.raises(InvalidRecord) as caught:
        read_logo(content, "Logo")
    (problem,) = caught.value.problems
    assert problem.place == "picture"
    return problem.code


def open_png(logo: Logo) -> Image.Image:
    with Image.open(io.BytesIO(logo.content)) as picture:
        picture.load()
        assert (picture.format, picture.size) == ("PNG", (logo.width, logo.height))
        return picture


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_every_kind_of_png_becomes_ours(mode: str) -> None:
    logo = read_logo(draw(mode=mode), "Wappen")
    assert (logo.width, logo.height, logo.alternative, logo.revision) == (120, 60, "Wappen", 0)
    assert open_png(logo).mode == "RGBA"


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_every_kind_of_jpeg_becomes_ours(mode: str) -> None:
    open_png(read_logo(draw("jpeg", mode=mode), "Wappen"))


def test_large_picture_becomes_small_and_keeps_its_shape() -> None:
    logo = read_logo(draw(size=(3000, 1000)), "Logo")
    assert (logo.width, logo.height) == (800, 267)


def test_nothing_but_pixels_is_kept() -> None:
    told = PngInfo()
    told.add_text("Author", "Maria Muster")
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "Rathaus, Zimmer 7", 6
    for content in (draw(pnginfo=told) + b"<script>", draw("jpeg", exif=exif)):
        logo = read_logo(content, "Logo")
        assert not [word for word in (b"Muster", b"Rathaus", b"script", b"Exif") if word in logo.content]
    assert (logo.width, logo.height) == (60, 120)  # turned upright as the camera said


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few kilobytes that says it has so many pixels."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    body = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(4001, 4000), (10_000, 10_000), (60_000, 60_000), (2**31 - 1, 1)])
def test_picture_of_too_many_pixels_is_not_decoded(size: tuple[int, int]) -> None:
    assert reason(bomb(*size)) == "picture_too_large"


def test_unusable_files_are_refused_with_their_reason() -> None:
    assert reason(b"") == "picture_unreadable"
    assert reason(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>") == "picture_unreadable"
    assert reason(draw("gif")) == reason(draw("bmp")) == reason(draw("tiff")) == "picture_unreadable"
    assert reason(draw("webp")) == "picture_unreadable"
    assert reason(b"\xff\xd8\xff" + bytes(500)) == "picture_unreadable"
    assert reason(draw(size=(15, 200))) == "picture_too_small"
    assert reason(draw() + bytes(LARGEST_BYTES)) == "picture_too_heavy"


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_broken_pictures_are_read_or_refused_and_nothing_else(kind: str) -> None:
    lot = random.Random(1)
    whole = draw(kind, size=(64, 48), exif=Image.Exif())
    for _time in range(300):
        broken = bytearray(whole[: lot.randrange(8, len(whole) + 1)])
        for _change in range(lot.randrange(4)):
            broken[lot.randrange(len(broken))] = lot.randrange(256)
        # Anything else than a reason would be an error of ours, and end the test.
        with suppress(InvalidRecord):
            open_png(read_logo(bytes(broken), "Logo"))
