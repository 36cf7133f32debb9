import io
import re
from xml.etree import ElementTree as ET

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from survey_app.files.qr import PNG_WIDTH, QUIET_ZONE, list_runs, render_png, render_svg

ADDRESS = "https://umfrage.example.de/q/7k3mp9bd"
SVG = "{http://www.w3.org/2000/svg}"


def _parse(svg: bytes) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  # a picture of our own making


def _paint(svg: bytes, *, module: int = 6) -> Image.Image:
    """Draw the picture with an own reading of its path, so that the decoder sees what a browser would."""
    root = _parse(svg)
    size = int(root.attrib["viewBox"].split()[2])
    image = Image.new("L", (size * module, size * module), 255)
    draw = ImageDraw.Draw(image)
    path = root.find(f"{SVG}path")
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path.attrib["d"]):
        left, top, right = int(x) * module, int(y) * module, (int(x) + int(width)) * module
        draw.rectangle((left, top, right - 1, top + module - 1), fill=0)
    return image


def _decode(svg: bytes) -> zxingcpp.Barcode:
    found = zxingcpp.read_barcodes(_paint(svg), formats=zxingcpp.BarcodeFormat.QRCode)
    assert len(found) == 1
    return found[0]


def test_decoder_reads_the_address_and_level_m_when_painted():
    found = _decode(render_svg(ADDRESS, title="To the survey"))
    assert found.text == ADDRESS
    assert found.ec_level == "M"


@run(max_examples=15)
@given(st.text(st.characters(codec="ascii", min_codepoint=33), min_size=1, max_size=120))
def test_decoder_reads_back_when_any_address(address):
    assert _decode(render_svg(address, title="x")).text == address


@pytest.mark.parametrize(
    "address", [ADDRESS, "http://a.de/q/b", "https://bildungsnetzwerk.landkreis.example.de/q/" * 4]
)
def test_decoder_reads_the_address_from_pixels(address):
    with Image.open(io.BytesIO(render_png(address))) as picture:
        assert (picture.format, picture.mode) == ("PNG", "1")
        assert picture.width == picture.height >= PNG_WIDTH
        picture.load()
        (found,) = zxingcpp.read_barcodes(picture.convert("L"))
    assert (found.text, found.ec_level) == (address, "M")
    modules = list_runs(address)[0]
    assert picture.width % modules == 0
    edge = QUIET_ZONE * picture.width // modules
    assert picture.crop((0, 0, picture.width, edge)).getextrema() == (255, 255)


def test_quiet_zone_is_empty_when_rendered():
    image = _paint(render_svg(ADDRESS, title="x"), module=1)
    inner = image.crop((QUIET_ZONE, QUIET_ZONE, image.width - QUIET_ZONE, image.height - QUIET_ZONE))
    assert QUIET_ZONE == 4
    assert image.tobytes().count(0) == inner.tobytes().count(0) > 0


@pytest.mark.parametrize("title", ["Zur Umfrage", 'a"<script>alert(1)</script>&', "إلى الاستبيان"])
def test_title_is_the_accessible_name_when_read_as_xml(title):
    root = _parse(render_svg(ADDRESS, title=title))
    named = root.find(f"{SVG}title")
    assert named.text == title
    assert root.attrib["aria-labelledby"] == named.attrib["id"]
    assert root.attrib["role"] == "img"


def test_picture_scales_and_has_no_style_when_included():
    svg = render_svg(ADDRESS, title="x")
    assert b"style" not in svg
    assert "width" not in _parse(svg).attrib
