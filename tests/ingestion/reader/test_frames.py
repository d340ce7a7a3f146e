import pytest

from ingestion.reader.frames import BrokenStream, Frame, FrameKind, frame, frames_of

STREAM = frame(FrameKind.WORD, b"{}") + frame(FrameKind.BLOCK, b"some\tlines\n") + frame(FrameKind.END)


@pytest.mark.parametrize("size", [1, 3, 7, len(STREAM)])
def test_frames_are_found_however_the_pipe_cuts_them(size) -> None:
    chunks = [STREAM[at : at + size] for at in range(0, len(STREAM), size)]
    assert list(frames_of(chunks)) == [
        Frame(FrameKind.WORD, b"{}"),
        Frame(FrameKind.BLOCK, b"some\tlines\n"),
        Frame(FrameKind.END, b""),
    ]


@pytest.mark.parametrize("cut", range(1, 6))
def test_an_unfinished_frame_is_none(cut) -> None:
    assert FrameKind.END not in [found.kind for found in frames_of([STREAM[:-cut]])]


@pytest.mark.parametrize("head", [b"?\0\0\0\1", b"B\xff\xff\xff\xff", b"W\x7f\xff\xff\xff"])
def test_a_head_that_makes_no_sense_is_refused_before_memory_is_taken(head) -> None:
    with pytest.raises(BrokenStream):
        list(frames_of([head]))
