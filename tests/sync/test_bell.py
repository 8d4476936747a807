import threading

from app.sync.bell import Bell


def test_a_ring_before_the_wait_ends_it() -> None:
    bell = Bell()
    bell.ring()
    assert bell.wait(600.0, patient=False) is False


def test_a_ring_ends_one_wait_only() -> None:
    bell = Bell()
    bell.ring(now=True)
    assert bell.wait(600.0, patient=True) is True
    assert bell.wait(0.0, patient=False) is False


def test_a_wait_at_a_silent_bell_lasts_its_time() -> None:
    bell, over = Bell(), threading.Event()

    def wait() -> None:
        bell.wait(600.0, patient=False)
        over.set()

    thread = threading.Thread(target=wait)
    thread.start()
    assert not over.wait(0.05)
    bell.ring()
    thread.join()


def test_a_patient_wait_goes_on_after_a_ring() -> None:
    bell = Bell()
    bell.ring()
    ended = threading.Event()

    def wait() -> None:
        bell.wait(600.0, patient=True)
        ended.set()

    thread = threading.Thread(target=wait)
    thread.start()
    bell.ring()
    assert not ended.wait(0.05)
    bell.ring(now=True)
    thread.join()


def test_a_closed_bell_ends_every_wait() -> None:
    bell = Bell()
    assert not bell.closed
    bell.close()
    assert bell.closed
    bell.wait(600.0, patient=True)
    bell.wait(600.0, patient=False)
