"""Text files that people send us: UTF-8, of moderate size."""

from survey_app.files.sheet_guard import LARGEST_FILE, refuse


def read_text(data: bytes) -> str:
    """Return the text of a file, without the mark that Windows puts before it.

    Raises:
        InvalidDocument: if it is empty, too large, or no UTF-8.
    """
    if not data.strip():
        raise refuse("file_is_empty")
    if len(data) > LARGEST_FILE:
        raise refuse("file_is_too_large", limit=LARGEST_FILE // 1_000_000)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse("file_is_no_utf8") from error
    if "\x00" in text:
        raise refuse("file_is_no_utf8")
    return text
